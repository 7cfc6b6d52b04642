import { clientIds, clients } from './clients/catalogue.ts';
import { type ClientSpec, isHttpForm } from './clients/client.ts';
import { entryFor } from './clients/entry.ts';
import { withEntry } from './clients/file.ts';
import { httpServer } from './clients/server.ts';
import type { Snippet } from './http/landing/page.ts';

/** What each client that takes a URL needs in its file to reach an endpoint of ours. */
export const clientSnippets = (
  name: string,
  csrfHeader: string,
  endpoint: string,
): Promise<readonly Snippet[]> => {
  const server = httpServer(name, endpoint, csrfHeader);
  const able: readonly ClientSpec[] = clientIds
    .map((id): ClientSpec => clients[id])
    .filter(({ http }) => isHttpForm(http));
  return Promise.all(
    able.map(async (client) => ({
      title: client.title,
      text: await withEntry(client, '', name, entryFor(client, server)),
      note: client.next,
    })),
  );
};
