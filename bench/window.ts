import { createDjangoClient } from '../src/django/client.ts';
import { parseSite } from '../src/django/parse-site.ts';
import { createSessionCaller } from '../src/session/session-caller.ts';
import { createStockUpstream } from '../src/stock/upstream.ts';

/** Milliseconds of one update, from the answer with the form on. */
export interface Window {
  /** Until its post is sent: what the gateway takes. */
  readonly sent: number;
  /** Until Django answered the post: somewhere in between it looked at the database. */
  readonly answered: number;
}

/** Updates one object again and again through the stock upstream, and looks at the clock. */
export const measure = async (
  adminUrl: string,
  object: { readonly app_label: string; readonly model_name: string; readonly pk: string },
  field: string,
  rounds: number,
): Promise<readonly Window[]> => {
  const client = createDjangoClient(parseSite({ adminUrl }));
  const caller = createSessionCaller({
    client,
    credentials: async () => ({ username: 'admin', password: 'shop-demo-pass' }),
    signInHint: 'Log in again.',
  });
  const windows: Window[] = [];
  let formRead = 0;
  const timed: typeof caller.send = async (request, signal) => {
    const isPost = request.method === 'POST';
    const sent = performance.now() - formRead;
    const response = await caller.send(request, signal);
    if (isPost) windows.push({ sent, answered: performance.now() - formRead });
    else formRead = performance.now();
    return response;
  };
  const upstream = createStockUpstream();
  const context = { caller: { ...caller, send: timed }, signal: AbortSignal.timeout(120_000) };
  for (let round = 0; round < rounds; round += 1) {
    const { status } = await upstream.update(
      { ...object, data: { [field]: `w${round}` } },
      context,
    );
    if (status !== 200) throw new Error(`update answered ${status}`);
  }
  await client.close();
  return windows.slice(1);
};
