import type { AppendFile } from './layers/audit/file.ts';
import type { AuditLine } from './layers/audit/line.ts';
import type { AuditTrail } from './layers/audit.ts';
import { causeOf, type Log } from './log.ts';

const event = 'mcp.tools_call';

const logged = (log: Log, line: AuditLine, cause: unknown): void => {
  const fields = { ...line };
  // Our own faults are errors, everything else is the day's work.
  if (line.reason === 'internal') log.error(event, { ...fields, ...causeOf({ cause }) });
  else if (line.reason === 'upstream' || line.reason === 'unknown_outcome')
    log.warn(event, { ...fields, cause: causeOf({ cause })['cause'] });
  else log.info(event, fields);
};

/** One line for each call to the log, and to the audit file where there is one. */
export const createAuditTrail = (log: Log, file: AppendFile | undefined): AuditTrail => {
  const append = (line: AuditLine): void =>
    file?.append(JSON.stringify({ time: new Date().toISOString(), ...line }));
  return {
    begin: append,
    end: (line, cause) => {
      logged(log, line, cause);
      try {
        append(line);
      } catch (error) {
        log.error('audit.not_written', { id: line.id, ...causeOf({ cause: error }) });
      }
    },
  };
};
