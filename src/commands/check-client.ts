import { clientOfName } from '../clients/catalogue.ts';
import { parseClientFile } from '../clients/file.ts';
import { hasComments } from '../clients/json-file.ts';
import { lintClientFile } from '../clients/lint/client-file.ts';
import { asGatewayError } from '../operations/errors.ts';
import type { CheckResult } from './checks.ts';
import { readClientFile } from './client-file.ts';
import { thisMachine } from './here.ts';

/** What is wrong with our entries in the files of a client, or in one file of its format. */
export async function* checkClient(
  clientName: string,
  given: { readonly file?: string | undefined; readonly name?: string | undefined },
): AsyncGenerator<CheckResult> {
  const client = clientOfName(clientName);
  const machine = thisMachine();
  const paths =
    given.file === undefined
      ? Object.values(client.files).map((file) => file(machine.place))
      : [given.file];
  let found = 0;
  for (const path of paths) {
    try {
      const text = await readClientFile(path);
      if (text === undefined) continue;
      found += 1;
      const root = await parseClientFile(client, text);
      if (client.format === 'json' && hasComments(text))
        yield {
          title: path,
          state: 'error',
          message: `${client.title} takes no comments or trailing commas in this file.`,
          hint: 'Take them out.',
        };
      for (const { name, findings } of lintClientFile(client, root, machine, given.name)) {
        for (const finding of findings) yield { title: `${path}, ${name}`, ...finding };
        if (findings.length === 0)
          yield { title: `${path}, ${name}`, state: 'ok', message: 'as it should be' };
      }
    } catch (error) {
      const { message, hint } = asGatewayError(error);
      yield { title: path, state: 'error', message, ...(hint === undefined ? {} : { hint }) };
    }
  }
  if (found === 0)
    yield {
      title: client.title,
      state: 'error',
      message: `There is no ${paths.join(' and no ')}.`,
      hint: `Run: npx django-admin-mcp-api setup ${client.id} --url https://your.site/admin/`,
    };
}
