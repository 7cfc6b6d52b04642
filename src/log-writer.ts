import { type DestinationStream, pino } from 'pino';
import type { LogFields, LogFormat, LogLevel } from './log.ts';
import { prettyLine } from './log-pretty.ts';

/** Writes events, a line each. */
export type LogWriter = Record<
  Exclude<LogLevel, 'silent'>,
  (fields: LogFields, event: string) => void
>;

const stderr = 2;

/** How long a line may wait for others, in milliseconds: a write to stderr costs as much as a small call. */
const gatherMs = 5;
/** What is written without waiting, in characters. */
const maxGathered = 16_384;

/** Lines that come close together are written together; those of a crash too, as the process ends. */
const gathering = (write: (text: string) => void): DestinationStream => {
  let gathered = '';
  const flush = (): void => {
    if (gathered === '') return;
    const text = gathered;
    gathered = '';
    write(text);
  };
  process.on('exit', flush);
  return {
    write: (line) => {
      if (gathered === '') setTimeout(flush, gatherMs);
      gathered += line;
      if (gathered.length > maxGathered) flush();
    },
  };
};

const destinationOf = (format: LogFormat): DestinationStream => {
  const output = pino.destination({ fd: stderr, sync: true });
  const lines = gathering((text) => output.write(text));
  return format === 'json' ? lines : { write: (line) => lines.write(prettyLine(line)) };
};

/**
 * pino on stderr.
 *
 * @param base stands in every line
 */
export const openLogWriter = (level: LogLevel, base: LogFields, format: LogFormat): LogWriter =>
  pino({ level, base }, destinationOf(format));
