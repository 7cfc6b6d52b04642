import { fileExpectation } from '../../operations/file-value.ts';
import { takeFile } from '../../operations/given-files.ts';
import { isJsonObject, type JsonValue } from '../../operations/json.ts';
import type { FormField } from '../pages/types/field.ts';
import { type Refused, refuse } from './patch-values.ts';
import type { FormFile } from './types.ts';

/** What a file field's value asks for. */
export type FileChange = { readonly clear: true } | { readonly file: FormFile };

const isClear = (value: JsonValue): boolean =>
  value === null ||
  (isJsonObject(value) && value['clear'] === true && Object.keys(value).length === 1);

export const fileChange = (field: FormField, value: JsonValue): FileChange | Refused => {
  if (isClear(value))
    return field.clearable || field.value === null
      ? { clear: true }
      : refuse('The file cannot be removed, only replaced.');
  const taken = takeFile(value);
  if (taken === undefined) return refuse(fileExpectation);
  if ('refused' in taken) return refuse(taken.refused);
  return { file: { field: field.controlName ?? field.name, ...taken } };
};
