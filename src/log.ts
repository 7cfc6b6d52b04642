import type { CallRecord } from './mcp/face.ts';

export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';

/** Facts of an event: names and numbers. Never a body, a cookie, a value or a password. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Log {
  readonly debug: (event: string, fields?: LogFields) => void;
  readonly info: (event: string, fields?: LogFields) => void;
  readonly warn: (event: string, fields?: LogFields) => void;
  readonly error: (event: string, fields?: LogFields) => void;
}

type Writer = Record<Exclude<LogLevel, 'silent'>, (fields: LogFields, event: string) => void>;

const severity = { silent: 0, error: 1, warn: 2, info: 3, debug: 4 } as const;

/**
 * JSON lines on stderr; stdout belongs to JSON-RPC. pino loads with the first line that is
 * written, since a client waits for the first answer of `stdio`.
 */
export const createLog = (level: LogLevel): Log => {
  let writer: Promise<Writer> | undefined;
  const open = (): Promise<Writer> =>
    import('pino').then(({ pino }) =>
      pino({ level, base: null }, pino.destination({ fd: 2, sync: true })),
    );
  const at =
    (own: Exclude<LogLevel, 'silent'>) =>
    (event: string, fields: LogFields = {}): void => {
      if (severity[own] > severity[level]) return;
      writer ??= open();
      void writer.then((lines) => lines[own](fields, event));
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
};

export const silentLog: Log = createLog('silent');

const causeOf = (cause: unknown): string | undefined =>
  cause instanceof Error ? `${cause.name}: ${cause.message}` : undefined;

/** One line for a tool call; our own faults are errors, everything else is the day's work. */
export const logCall =
  (log: Log) =>
  ({ tool, status, isError, milliseconds, reason, cause }: CallRecord): void => {
    const fields = { tool, status, isError, ms: milliseconds, reason };
    if (reason === 'internal')
      log.error('mcp.tools_call', { ...fields, cause: causeOf(cause), stack: stackOf(cause) });
    else if (reason === 'upstream' || reason === 'unknown_outcome')
      log.warn('mcp.tools_call', { ...fields, cause: causeOf(cause) });
    else log.info('mcp.tools_call', fields);
  };

const stackOf = (cause: unknown): string | undefined =>
  cause instanceof Error ? cause.stack : undefined;
