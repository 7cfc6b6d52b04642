import type { PersonsAnswer, Question } from '../operations/upstream.ts';

/** Whether somebody sits at a terminal; what is printed may go somewhere else all the same. */
export const isSomebodyThere = (): boolean =>
  process.stdin.isTTY === true && process.stderr.isTTY === true;

/** Asks at the terminal. Enter alone is a no. */
export const askPerson = async ({ text, state }: Question): Promise<PersonsAnswer> => {
  const { confirm, isCancel } = await import('@clack/prompts');
  const said = await confirm({ message: text, initialValue: false, output: process.stderr });
  if (isCancel(said)) return { state, action: 'cancel' };
  return { state, action: said ? 'accept' : 'decline' };
};
