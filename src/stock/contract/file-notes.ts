import type { FormField } from '../pages/types/field.ts';
import type { FormPage } from '../pages/types/form-page.ts';
import type { Notes } from './notes.ts';

const isFile = ({ widget }: FormField): boolean => widget.kind === 'file';

/** What a call gives for a file field; said only where a form has one. */
export const noteFileValues = (notes: Notes, page: FormPage): void => {
  if (page.fields.some(isFile) || page.inlines.some(({ fields }) => fields.some(isFile)))
    notes.add(
      'fields',
      'a file is given as {"file": {"path"}} (stdio), {"file": {"name", "content_base64"}} (small), or {"file": {"name"}} to get an address to upload it to (HTTP)',
    );
};

export const noteFileSizes = (notes: Notes, page: FormPage): void => {
  const isStored = (field: FormField) =>
    (field.type === 'file' || field.type === 'image') && field.value !== null;
  const rows = page.inlines.flatMap((inline) => inline.rows);
  if (page.fields.some(isStored) || rows.some(({ fields }) => fields.some(isStored)))
    notes.add('fields', 'the admin does not show the size of a file');
};
