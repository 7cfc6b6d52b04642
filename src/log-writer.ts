import { pino } from 'pino';
import type { LogFields, LogLevel } from './log.ts';

/** Writes events as JSON lines. */
export type LogWriter = Record<
  Exclude<LogLevel, 'silent'>,
  (fields: LogFields, event: string) => void
>;

/**
 * pino on stderr, each line written at once: a line that is lost in a crash helps nobody.
 *
 * @param base stands in every line
 */
export const openLogWriter = (level: LogLevel, base: LogFields): LogWriter =>
  pino({ level, base }, pino.destination({ fd: 2, sync: true }));
