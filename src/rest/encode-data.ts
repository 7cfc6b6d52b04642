import { GatewayError } from '../operations/errors.ts';
import type { GivenFile } from '../operations/file-value.ts';
import type { JsonObject, JsonValue } from '../operations/json.ts';
import { didYouMean } from '../operations/nearest.ts';
import { type Answer, refusal } from '../operations/upstream.ts';
import { type Controls, isHiddenName } from './controls.ts';
import { type Encoded, encodeValue, fieldErrors } from './encode-value.ts';
import type { Field } from './fields.ts';

type EncodedData =
  | {
      readonly values: JsonObject;
      readonly files: ReadonlyMap<string, GivenFile>;
      readonly refused?: undefined;
    }
  | { readonly refused: Answer };

const invalid = (errors: ReadonlyMap<string, string>): Answer =>
  refusal(400, 'validation_failed', 'One or more fields are invalid; nothing was sent.', {
    fields: fieldErrors(errors),
  });

/** @throws GatewayError `unsupported` */
export const refuseFields = (reasons: ReadonlyMap<string, string>): void => {
  if (reasons.size === 0) return;
  throw new GatewayError('unsupported', 'django-admin-rest-api cannot write these values.', {
    hint: 'Run the gateway with --upstream stock. Nothing was changed.',
    details: { fields: Object.fromEntries(reasons) },
  });
};

const errorOf = (
  name: string,
  field: Field | undefined,
  fields: ReadonlyMap<string, Field>,
): string | undefined => {
  if (field === undefined) return `There is no such field. ${didYouMean(name, [...fields.keys()])}`;
  return field.readonly ? 'This field is read-only.' : undefined;
};

/**
 * Translates a caller's values to what the package stores as meant, and refuses those that
 * it would store as something else or drop.
 *
 * @throws GatewayError `unsupported`
 */
export const encodeData = (
  data: JsonObject,
  fields: ReadonlyMap<string, Field>,
  controls: Controls,
): EncodedData => {
  const values: Record<string, JsonValue> = {};
  const files = new Map<string, GivenFile>();
  const errors = new Map<string, string>();
  const unsupported = new Map<string, string>();
  for (const [name, given] of Object.entries(data)) {
    const field = fields.get(name);
    const error = errorOf(name, field, fields);
    if (field === undefined && isHiddenName(name))
      unsupported.set(name, 'hidden by django-admin-rest-api because of its name');
    else if (field === undefined || error !== undefined) errors.set(name, error ?? '');
    else {
      const encoded: Encoded = encodeValue(field, given, controls.own.get(name));
      if ('value' in encoded) values[name] = encoded.value;
      else if ('file' in encoded) files.set(name, encoded.file);
      else if ('error' in encoded) errors.set(name, encoded.error);
      else if ('unsupported' in encoded) unsupported.set(name, encoded.unsupported);
    }
  }
  refuseFields(unsupported);
  return errors.size > 0 ? { refused: invalid(errors) } : { values, files };
};

/**
 * The package takes a file only with the whole form, and does not tell all values as its form
 * takes them (a key to another field than the primary key, for one).
 *
 * @throws GatewayError `unsupported`
 */
export const refuseFiles = (files: ReadonlyMap<string, GivenFile>): void =>
  refuseFields(new Map([...files.keys()].map((name) => [name, 'a file takes the whole form'])));
