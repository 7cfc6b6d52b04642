import type * as z from 'zod';
import { type Input, type OperationName, operations } from './catalogue.ts';
import { GatewayError } from './errors.ts';
import { jsonSchemaOf } from './json-schema.ts';
import { didYouMean } from './nearest.ts';

/** One violation: where (a JSON pointer into the arguments) and what. */
export interface InputViolation {
  readonly pointer: string;
  readonly message: string;
}

/** RFC 6901. */
export const jsonPointer = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

const violationsOf = (issue: z.core.$ZodIssue, known: readonly string[]): InputViolation[] => {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      pointer: jsonPointer([...issue.path, key]),
      message: `unknown argument "${key}". ${didYouMean(key, known)}`,
    }));
  return [{ pointer: jsonPointer(issue.path), message: issue.message }];
};

/**
 * Checks arguments against an operation's schema.
 *
 * @param onRefused told of the error before it is thrown
 * @throws GatewayError `input`, whose `details.errors` lists every `{pointer, message}`.
 */
export const parseInput = <Name extends OperationName>(
  name: Name,
  given: unknown,
  onRefused: (error: GatewayError) => void = () => undefined,
): Input<Name> => {
  const schema: z.ZodType = operations[name].input;
  const result = schema.safeParse(given, { reportInput: false });
  if (result.success) return result.data as Input<Name>;
  const known = Object.keys(jsonSchemaOf(name, 'input').properties);
  const errors = result.error.issues.flatMap((issue) => violationsOf(issue, known));
  const first = errors[0];
  const refused = new GatewayError(
    'input',
    `Invalid arguments for ${name}: ${first === undefined ? 'see details' : `${first.pointer || '/'} ${first.message}`}`,
    {
      hint: 'Correct the arguments and call again; nothing was sent to Django.',
      details: { errors: errors.map((error) => ({ ...error })) },
    },
  );
  onRefused(refused);
  throw refused;
};
