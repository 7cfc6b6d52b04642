export interface RunResult {
  /** It ran and exited 0. */
  readonly ok: boolean;
  /** Null when it could not run or was ended by a signal. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** One line for a message; empty when ok. */
  readonly failure: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** After which it is killed; ten minutes by default. */
  readonly timeoutMs?: number;
  /** Whether it leads a process group, which is then killed with it. */
  readonly detached?: boolean;
}

/** Runs one program to its end. Never rejects: the caller judges. */
export declare const run: (
  command: string,
  args: readonly string[],
  options?: RunOptions,
) => Promise<RunResult>;
