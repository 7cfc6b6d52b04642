import { GatewayError } from '../operations/errors.ts';
import { globKinds } from '../operations/globs.ts';
import { didYouMean } from '../operations/nearest.ts';
import type { OptionSpec } from './option-spec.ts';

/** A setting's value wherever it came from; `where` names it in errors, never its content. */
type Value = string | number | boolean | readonly string[] | Readonly<Record<string, string>>;

const wrong = (where: string, expected: string): GatewayError =>
  new GatewayError('config', `${where} must be ${expected}.`);

const pair = (text: string, where: string): readonly [string, string] => {
  const at = text.indexOf('=');
  if (at < 1) throw wrong(where, 'NAME=VALUE');
  return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
};

const integer = (value: number, spec: { min: number; max: number }, where: string): number => {
  if (!Number.isInteger(value) || value < spec.min || value > spec.max)
    throw wrong(where, `a whole number from ${spec.min} to ${spec.max}`);
  return value;
};

const choice = (value: string, choices: readonly string[], where: string): string => {
  if (choices.includes(value)) return value;
  throw new GatewayError('config', `${where} must be one of ${choices.join(', ')}.`, {
    hint: didYouMean(value, choices),
  });
};

/** A glob that is none would serve or hide nothing, without a word. */
const checked = (
  { globs }: Extract<OptionSpec, { kind: 'list' }>,
  items: readonly string[],
  where: string,
): readonly string[] => {
  if (globs === undefined) return items;
  const { parse, expected } = globKinds[globs];
  const odd = items.find((item) => parse(item) === undefined);
  if (odd === undefined) return items;
  throw new GatewayError('config', `${where} holds "${odd}", which is not ${expected}.`);
};

/** Reads a setting from text: a flag's or a variable's; several texts where a flag was repeated. */
export const readText = (spec: OptionSpec, texts: readonly string[], where: string): Value => {
  const last = texts.at(-1) ?? '';
  switch (spec.kind) {
    case 'text':
      return last;
    case 'choice':
      return choice(last, spec.choices, where);
    case 'integer':
      return integer(/^\d+$/.test(last) ? Number(last) : Number.NaN, spec, where);
    case 'switch':
      if (/^(1|true|yes|on)$/i.test(last)) return true;
      if (/^(0|false|no|off|)$/i.test(last)) return false;
      throw wrong(where, 'true or false');
    case 'list':
      return checked(
        spec,
        texts
          .flatMap((text) => text.split(','))
          .map((item) => item.trim())
          .filter(Boolean),
        where,
      );
    case 'map':
      return Object.fromEntries(
        texts
          .flatMap((text) => text.split('\n'))
          .filter((line) => line.trim() !== '')
          .map((line) => pair(line, where)),
      );
  }
};

const isText = (value: unknown): value is string => typeof value === 'string';

/** Reads a setting from the JSON of the configuration file; `null` means "not set". */
export const readJson = (spec: OptionSpec, value: unknown, where: string): Value | null => {
  if (value === null) return null;
  switch (spec.kind) {
    case 'text':
      if (isText(value)) return value;
      throw wrong(where, 'text');
    case 'choice':
      if (isText(value)) return choice(value, spec.choices, where);
      throw wrong(where, `one of ${spec.choices.join(', ')}`);
    case 'integer':
      return integer(typeof value === 'number' ? value : Number.NaN, spec, where);
    case 'switch':
      if (typeof value === 'boolean') return value;
      throw wrong(where, 'true or false');
    case 'list':
      if (Array.isArray(value) && value.every(isText)) return checked(spec, value, where);
      throw wrong(where, 'a list of names');
    case 'map': {
      const entries = typeof value === 'object' ? Object.entries(value) : [];
      if (
        Array.isArray(value) ||
        !entries.every(([, item]) => isText(item)) ||
        typeof value !== 'object'
      )
        throw wrong(where, 'an object of names and texts');
      return Object.fromEntries(entries);
    }
  }
};
