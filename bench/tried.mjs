/** What was tried where a target is missed, shown beside the row. */

/** @type {readonly (readonly [RegExp, string])[]} */
const notes = [
  [
    /^gateway CPU of tools\/call/,
    "tried: plain calls past the SDK's HTTP transport, which costs seven times its server; light Request and Response; log lines of one turn written together; JSON made once. The rest is flat: two sockets, garbage, the SDK's checks, the layers",
  ],
  [
    /CPU of a request$/,
    'tried: answers kept as text. What is left is hono, the gate with its digests, a log line and 30 KB on the socket',
  ],
  [
    /^stdio, spawn/,
    'tried: one bundle, schemas made by the build, upstreams and HTTP loaded on first use. Half of what is left is the SDK and zod',
  ],
  [
    /^tools\/call|connections$/,
    'a hop more than REST called directly; on two cores the gateway also takes from Django what it uses',
  ],
];

/** @param {string} what the row's name */
export const tried = (what) => notes.find(([pattern]) => pattern.test(what))?.[1];
