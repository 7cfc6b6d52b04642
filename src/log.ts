import type { LogWriter } from './log-writer.ts';
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

const severity = { silent: 0, error: 1, warn: 2, info: 3, debug: 4 } as const;

/**
 * JSON lines on stderr; stdout belongs to JSON-RPC. pino loads with the first line that is
 * written, since a client waits for the first answer of `stdio`.
 */
export const createLog = (level: LogLevel): Log => {
  let writer: Promise<LogWriter> | undefined;
  const at =
    (own: Exclude<LogLevel, 'silent'>) =>
    (event: string, fields: LogFields = {}): void => {
      if (severity[own] > severity[level]) return;
      writer ??= import('./log-writer.ts').then(({ openLogWriter }) => openLogWriter(level));
      void writer.then((lines) => lines[own](fields, event));
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
};

export const silentLog: Log = createLog('silent');

/** What went wrong inside, for the log alone. */
export const causeOf = ({ cause }: { readonly cause?: unknown }): LogFields =>
  cause instanceof Error ? { cause: `${cause.name}: ${cause.message}`, stack: cause.stack } : {};

/** One line for a tool call; our own faults are errors, everything else is the day's work. */
export const logCall =
  (log: Log) =>
  (record: CallRecord): void => {
    const { tool, status, isError, milliseconds, reason } = record;
    const fields = { tool, status, isError, ms: milliseconds, reason };
    if (reason === 'internal') log.error('mcp.tools_call', { ...fields, ...causeOf(record) });
    else if (reason === 'upstream' || reason === 'unknown_outcome')
      log.warn('mcp.tools_call', { ...fields, cause: causeOf(record)['cause'] });
    else log.info('mcp.tools_call', fields);
  };
