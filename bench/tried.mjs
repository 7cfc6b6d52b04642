/** What was tried where a target is missed, shown beside the row. */

/** @type {readonly (readonly [RegExp, string])[]} */
const notes = [
  [
    /^gateway CPU of tools\/call/,
    "tried: plain calls past the SDK's server, which cost as much as the rest; digests in one shot; log lines written together; JSON made once; bodies walked without a copy. What is left is flat: no function has four hundredths of it (perf, 2026-11-28)",
  ],
  [
    /^gateway CPU of list, .* stock/,
    'tried: an own reader instead of htmlparser2 (half of its time), one pass, few URLs parsed, ASCII copied and not decoded. What is left is spread over reading the page, its rows, their versions, JSON and the garbage collector',
  ],
  [
    /CPU of a request$/,
    'tried: answers kept as text, hosts and paths read without parsing URLs, log lines written together. Half of what is left is the kernel writing the answer; then hono, the gate with its digests, a log line',
  ],
  [
    /^tools\/call|connections$/,
    'tried: everything named at the CPU of a call, and sockets given back without a wait, which changed nothing. It is a hop more than REST called directly, which by itself takes what the limit shows; on two cores the gateway also takes from Django what it uses',
  ],
  [
    /^stock/,
    'tried: an own reader of HTML. Reading the page costs what it costs, on the core that Django has not',
  ],
  [
    /^task: /,
    "Django's own pages are the time: four of a large form to change a field. Tried: pages that do not wait for each other are read side by side",
  ],
];

/** @param {string} what the row's name */
export const tried = (what) => notes.find(([pattern]) => pattern.test(what))?.[1];
