/**
 * A proxy before Django that writes down what passes: which requests one call of the gateway
 * makes, and what Django says to each. They are sent again without the gateway (the limit of a
 * call on `stock`), or answered again without Django (replay-server.mjs).
 */
import { createServer } from 'node:http';

/**
 * @typedef {object} Exchange
 * @property {string} method
 * @property {string} path
 * @property {Record<string, string>} headers
 * @property {string} body base64
 * @property {number} status
 * @property {[string, string][]} answerHeaders
 * @property {string} answer base64
 * @property {number} wave requests of one wave were under way at the same time
 */

/** What belongs to one connection and not to what is said over it. */
const hopByHop = new Set([
  ...['connection', 'keep-alive', 'transfer-encoding'],
  ...['content-length', 'host', 'expect'],
]);

const readAll = async (stream) => {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
};

/** @param {string} origin of Django */
export const startRecorder = async (origin) => {
  /** @type {Exchange[]} */
  let exchanges = [];
  let running = 0;
  let wave = 0;

  const pass = async (incoming) => {
    const headers = Object.fromEntries(
      Object.entries(incoming.headers).filter(([name]) => !hopByHop.has(name)),
    );
    const body = await readAll(incoming);
    const answer = await fetch(`${origin}${incoming.url}`, {
      method: incoming.method,
      headers,
      redirect: 'manual',
      ...(body.length === 0 ? {} : { body }),
    });
    const kept = [...answer.headers].filter(([name]) => !hopByHop.has(name));
    return {
      headers,
      body,
      kept,
      status: answer.status,
      bytes: Buffer.from(await answer.arrayBuffer()),
    };
  };

  const server = createServer(async (incoming, outgoing) => {
    if (running === 0) wave += 1;
    running += 1;
    const at = exchanges.length;
    const own = exchanges;
    const mine = wave;
    const { headers, body, kept, status, bytes } = await pass(incoming);
    running -= 1;
    own[at] = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      headers,
      body: body.toString('base64'),
      status,
      answerHeaders: kept,
      answer: bytes.toString('base64'),
      wave: mine,
    };
    for (const [name, value] of kept) outgoing.appendHeader(name, value);
    outgoing.writeHead(status, { 'content-length': bytes.length }).end(bytes);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));

  return {
    url: `http://127.0.0.1:${server.address().port}`,
    /** What passes while `run` runs. @returns {Promise<Exchange[]>} */
    during: async (run) => {
      exchanges = [];
      const own = exchanges;
      await run();
      return own;
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

const wavesOf = (exchanges) => {
  const waves = new Map();
  for (const exchange of exchanges)
    waves.set(exchange.wave, [...(waves.get(exchange.wave) ?? []), exchange]);
  return waves;
};

/** Sends recorded requests again, those of one wave at once. */
export const sendAgain = async (wire, exchanges) => {
  const waves = wavesOf(exchanges);
  for (const members of waves.values())
    await Promise.all(
      members.map(({ method, path, headers, body }) =>
        wire.send({
          method,
          path,
          headers,
          ...(body === '' ? {} : { body: Buffer.from(body, 'base64') }),
        }),
      ),
    );
};
