import type { LogWriter } from './log-writer.ts';

export type LogFormat = 'json' | 'pretty';

export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';

/** Facts of an event: names and numbers. Never a body, a cookie, a value or a password. */
export type LogFields = Readonly<
  Record<string, string | number | boolean | readonly string[] | undefined>
>;

export interface Log {
  readonly debug: (event: string, fields?: LogFields) => void;
  readonly info: (event: string, fields?: LogFields) => void;
  readonly warn: (event: string, fields?: LogFields) => void;
  readonly error: (event: string, fields?: LogFields) => void;
}

const severity = { silent: 0, error: 1, warn: 2, info: 3, debug: 4 } as const;

/**
 * Lines on stderr; stdout belongs to JSON-RPC. pino loads with the first line that is
 * written, since a client waits for the first answer of `stdio`.
 *
 * @param base stands in every line, such as which of several processes writes it
 */
export const createLog = (
  level: LogLevel,
  format: LogFormat = 'json',
  base: LogFields = {},
): Log => {
  let writer: Promise<LogWriter> | undefined;
  const at =
    (own: Exclude<LogLevel, 'silent'>) =>
    (event: string, fields: LogFields = {}): void => {
      if (severity[own] > severity[level]) return;
      writer ??= import('./log-writer.ts').then(({ openLogWriter }) =>
        openLogWriter(level, base, format),
      );
      void writer.then((lines) => lines[own](fields, event));
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
};

export const silentLog: Log = createLog('silent');

/**
 * Errors of the platform and of libraries quote what they could not take (`Unexpected token in
 * "…"`), which may be a value: what stands between the first and the last quote is left out.
 */
export const withoutQuotes = (text: string): string =>
  text.replace(/["'`{[].*["'`}\]]/s, '…').slice(0, 300);

/** Where it happened: the frames, without the message that they begin with. */
const framesOf = ({ stack = '' }: Error): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');

/** What went wrong inside, for the log alone. */
export const causeOf = ({ cause }: { readonly cause?: unknown }): LogFields =>
  cause instanceof Error
    ? { cause: `${cause.name}: ${withoutQuotes(cause.message)}`, stack: framesOf(cause) }
    : {};
