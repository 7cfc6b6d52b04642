import { GatewayError } from '../operations/errors.ts';

export const hasTerminal = (): boolean => process.stdin.isTTY === true;

export const noTerminal = (what: string, hint: string): GatewayError =>
  new GatewayError('config', `There is no terminal to ask for ${what}.`, { hint });

const answered = (isCancel: (value: unknown) => boolean, value: unknown): string => {
  if (isCancel(value) || typeof value !== 'string')
    throw new GatewayError('cancelled', 'Nothing was sent to Django.');
  return value;
};

/** @throws GatewayError `cancelled` */
export const askText = async (message: string): Promise<string> => {
  const { isCancel, text } = await import('@clack/prompts');
  return answered(isCancel, (await text({ message })) ?? '');
};

/** Shows no character of what is typed. @throws GatewayError `cancelled` */
export const askHidden = async (message: string): Promise<string> => {
  const { isCancel, password } = await import('@clack/prompts');
  return answered(isCancel, await password({ message }));
};
