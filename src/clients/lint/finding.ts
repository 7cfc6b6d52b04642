import type { Place } from '../client.ts';

export interface Finding {
  readonly state: 'ok' | 'warning' | 'error';
  readonly message: string;
  readonly hint?: string;
}

/** The machine that the client starts servers on. */
export interface Machine {
  readonly place: Place;
  /** Whether a command can be started: by its path, or from PATH. */
  readonly hasCommand: (command: string) => boolean;
}

export const error = (message: string, hint: string): Finding => ({
  state: 'error',
  message,
  hint,
});
export const warning = (message: string, hint: string): Finding => ({
  state: 'warning',
  message,
  hint,
});

/** A value that the client fills in: `${env:NAME}`, `${input:id}`, `$NAME`, `%NAME%`. */
export const reference = /\$\{[^}]+\}|\$[A-Z_][A-Z0-9_]*|%[A-Z_][A-Z0-9_]*%/i;
