/** What was tried where a target is missed, shown beside the row. */

/** @type {readonly (readonly [RegExp, string])[]} */
const notes = [
  [
    /^gateway CPU of tools\/call/,
    "tried: plain calls past the SDK's server, which cost as much as the rest; digests in one shot; log lines written together; JSON made once; bodies walked without a copy. Two fifths of a small call are the kernel's, writing to two sockets; the rest is flat",
  ],
  [
    /^gateway CPU of list, .* stock/,
    'tried: an own tree instead of domhandler, one pass, few URLs parsed. Two thirds are the tokenizer of htmlparser2, which told entities apart no faster when they were left to us',
  ],
  [
    /CPU of a request$/,
    'tried: answers kept as text, hosts and paths read without parsing URLs, log lines written together. Half of what is left is the kernel writing the answer; then hono, the gate with its digests, a log line',
  ],
  [
    /^tools\/call|connections$/,
    'a hop more than REST called directly; on two cores the gateway also takes from Django what it uses',
  ],
  [
    /^stock/,
    'reading the page costs what it costs, and V8 needs some dozens of pages to be quick at it',
  ],
];

/** @param {string} what the row's name */
export const tried = (what) => notes.find(([pattern]) => pattern.test(what))?.[1];
