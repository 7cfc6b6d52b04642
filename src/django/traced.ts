import type { Caller } from './caller.ts';

/** W3C Trace Context, and the id under which a request is found in the logs along its way. */
const carried = ['traceparent', 'tracestate', 'baggage', 'x-request-id'] as const;

type Trace = Readonly<Partial<Record<(typeof carried)[number], string>>>;

/** Longest value passed on, in characters; W3C asks for 512 at least. */
const maxLength = 1024;

/** What may go on to Django: visible ASCII, as a header needs. */
const isSafe = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= maxLength && /^[\x20-\x7e]+$/.test(value);

/** The trace in something that carries one, by name: headers, or `_meta` of an MCP request. */
export const traceIn = (read: (name: string) => unknown): Trace | undefined => {
  let trace: Record<string, string> | undefined;
  for (const name of carried) {
    const value = read(name);
    if (!isSafe(value)) continue;
    trace ??= {};
    trace[name] = value;
  }
  return trace;
};

/** The same caller, whose requests to Django go on with a trace. */
export const traced = <Kind extends Caller>(caller: Kind, trace: Trace | undefined): Kind =>
  trace === undefined
    ? caller
    : {
        ...caller,
        send: (request, signal) =>
          caller.send({ ...request, headers: { ...trace, ...request.headers } }, signal),
      };
