import { writeSync } from 'node:fs';
import { type DestinationStream, pino } from 'pino';
import type { LogFields, LogFormat, LogLevel } from './log.ts';
import { prettyLine } from './log-pretty.ts';

/** Writes events, a line each. */
export type LogWriter = Record<
  Exclude<LogLevel, 'silent'>,
  (fields: LogFields, event: string) => void
>;

const stderr = 2;

const destinationOf = (format: LogFormat): DestinationStream =>
  format === 'json'
    ? pino.destination({ fd: stderr, sync: true })
    : { write: (line) => void writeSync(stderr, prettyLine(line)) };

/**
 * pino on stderr, each line written at once: a line that is lost in a crash helps nobody.
 *
 * @param base stands in every line
 */
export const openLogWriter = (level: LogLevel, base: LogFields, format: LogFormat): LogWriter =>
  pino({ level, base }, destinationOf(format));
