import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** Gives a program a terminal of its own, and passes on what comes on stdin as keys. */
const withTerminal = 'import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)';

/** Without a width, every character would get a line of its own. */
const withWidth = ['sh', '-c', 'stty cols 120 rows 40; exec "$@"', 'sh'];

/** A prompt that nobody answers must not outlive its test. */
const patienceMs = 40_000;

/** What comes up on the screen, and what a person types then, with Enter. */
export type Dialogue = readonly (readonly [prompt: string, typed: string])[];

/** Runs a program at a terminal, with a person who answers its prompts in turn. */
export const atTerminal = async (
  command: readonly string[],
  env: Readonly<Record<string, string>>,
  dialogue: Dialogue,
): Promise<{ readonly code: number; readonly screen: string }> => {
  const child = spawn('python3', ['-c', withTerminal, ...withWidth, ...command], {
    env: { PATH: process.env['PATH'] ?? '', TERM: 'xterm', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
    timeout: patienceMs,
  });
  const whole = text(child.stdout);
  let screen = '';
  let next = 0;
  child.stdout.on('data', (part: Buffer) => {
    screen += part.toString();
    const [prompt, typed] = dialogue[next] ?? ['', ''];
    if (prompt === '' || !screen.includes(prompt)) return;
    next += 1;
    screen = '';
    child.stdin.write(`${typed}\r`);
  });
  const [code] = await once(child, 'exit');
  child.stdin.destroy();
  return { code: code as number, screen: await whole };
};
