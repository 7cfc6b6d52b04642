/** An agent's tools, with what it writes and reads counted as it goes. */
import { tokensIn } from './tokens.mjs';

const textIn = ({ content }) => content.map(({ text = '' }) => text).join('\n');

/**
 * @param {{ request: (method: string, params: object) => Promise<any> }} client
 * @param {(result: any) => string} [shown] what of a result the model gets to see
 */
export const countedTools = (client, shown = textIn) => {
  let texts = [];
  let ms = 0;
  return {
    /** @returns {Promise<string>} what the model reads; the answer's `_meta` is not part of it */
    call: async (name, args) => {
      const started = performance.now();
      const result = await client.request('tools/call', { name, arguments: args });
      ms += performance.now() - started;
      const text = shown(result);
      texts.push(JSON.stringify({ name, arguments: args }), text);
      return text;
    },
    /** Of all calls since the last time: how many, how long, how many tokens. */
    take: async () => {
      const taken = { calls: texts.length / 2, ms, tokens: await tokensIn(texts.join('\n')) };
      texts = [];
      ms = 0;
      return taken;
    },
  };
};
