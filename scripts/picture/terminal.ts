import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import xterm from '@xterm/headless';
import type { Cast } from './cast.ts';

/** Gives the shell a terminal of its own, and passes on what comes on stdin as keys. */
const withTerminal = 'import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)';

const keyMs = 25;
/** After the last byte, before the next command is typed. */
const restMs = 700;
const patienceMs = 60_000;
const pollMs = 50;

export interface Terminal {
  /** Types a text, key by key, and Enter. */
  readonly type: (text: string) => Promise<void>;
  /** Waits until this has come up since the last Enter. */
  readonly until: (text: string) => Promise<void>;
  /** Waits until this is all that stands before the cursor: the shell's prompt. */
  readonly untilPrompt: (prompt: string) => Promise<void>;
  /** What was recorded; ends the shell. */
  readonly end: () => Promise<Cast['output']>;
}

/** A shell at a terminal of this size, whose every byte is kept with its time. */
export const openTerminal = async (
  shell: readonly string[],
  size: Pick<Cast, 'width' | 'height'>,
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<Terminal> => {
  const sized = `stty cols ${size.width} rows ${size.height}; exec "$@"`;
  const child = spawn('python3', ['-c', withTerminal, 'sh', '-c', sized, 'sh', ...shell], {
    cwd,
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const output: (readonly [number, string])[] = [];
  let start: number | undefined;
  let since = '';
  const screen = new xterm.Terminal({
    cols: size.width,
    rows: size.height,
    allowProposedApi: true,
  });
  /** Programs move the cursor and set modes between texts, so that bytes tell little. */
  const beforeCursor = (): string => {
    const { active } = screen.buffer;
    const line = active.getLine(active.baseY + active.cursorY);
    return line?.translateToString(false, 0, active.cursorX) ?? '';
  };
  // Bytes of one character may come apart.
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text: string) => {
    start ??= performance.now();
    output.push([Math.round(performance.now() - start) / 1000, text]);
    since += text;
    screen.write(text);
  });
  const waitFor = async (what: string, isThere: () => boolean): Promise<void> => {
    const signal = AbortSignal.timeout(patienceMs);
    while (!isThere()) {
      if (signal.aborted)
        throw new Error(`"${what}" did not come up, but: ${JSON.stringify(since)}`);
      await sleep(pollMs);
    }
    await sleep(restMs);
  };
  const until = (text: string) =>
    waitFor(text, () => stripVTControlCharacters(since).includes(text));
  const untilPrompt = (prompt: string) => waitFor(prompt, () => beforeCursor() === prompt);
  const type = async (text: string): Promise<void> => {
    for (const key of text) {
      child.stdin.write(key);
      await sleep(keyMs);
    }
    since = '';
    child.stdin.write('\r');
  };
  const end = async () => {
    const recorded = [...output];
    child.stdin.end();
    child.kill('SIGTERM');
    await ended;
    return recorded;
  };
  return { type, until, untilPrompt, end };
};
