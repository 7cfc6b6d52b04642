import type { FieldType, FormField, Relation } from '../pages/types/field.ts';
import type { FormPage } from '../pages/types/form-page.ts';
import type { ModelRef } from '../pages/types/shared.ts';
import type { Desk } from './desk.ts';

/** What a form tells about a field for good: no value, and no choice's name. */
export interface FieldShape {
  readonly type: FieldType;
  readonly relation: Relation | null;
  readonly isMultiple: boolean;
}

/** What the forms of a model tell about it. */
export interface ModelShape {
  readonly fields: ReadonlyMap<string, FieldShape>;
}

const shapeOf = (field: FormField): FieldShape => ({
  type: field.type,
  relation: field.relation,
  isMultiple: field.type === 'manytomany',
});

export const emptyShape: ModelShape = { fields: new Map() };

/** Remembers what a form page tells of its model. View-only pages tell types of nothing. */
export const rememberShape = (desk: Desk, model: ModelRef, page: FormPage): void => {
  const typed = page.fields.filter((field) => field.controlName !== null);
  if (typed.length === 0) return;
  const key = desk.shapeKey(model);
  const known = desk.memory.models.get(key)?.fields ?? new Map<string, FieldShape>();
  const fields = new Map([
    ...known,
    ...typed.map((field) => [field.name, shapeOf(field)] as const),
  ]);
  desk.memory.models.set(key, { fields });
  for (const field of [...page.fields, ...page.inlines.flatMap((inline) => inline.fields)]) {
    const { autocomplete, relation } = field;
    if (autocomplete !== null && relation !== null && relation.toField === null)
      desk.memory.sources.set(desk.shapeKey(relation), autocomplete);
  }
};
