import { describe, expect, it } from 'vitest';
import { successfulControls } from '../../../../src/stock/forms/successful.ts';
import { readFormPage } from '../../../../src/stock/pages/form-page.ts';
import type { FormPage } from '../../../../src/stock/pages/types/form-page.ts';
import { knownErrors } from '../../../../src/stock/write/known-errors.ts';
import { own } from '../../../../src/stock/write/plan-fields.ts';
import { plannedValue, postedBy } from '../../../../src/stock/write/planned-value.ts';
import { djangos, pageOf } from '../recorded.ts';

const asPosted = ({ form }: FormPage) =>
  postedBy({ pairs: form === null ? [] : successfulControls(form), files: [] });

const everyField = (page: FormPage) => [
  ...own(page.fields),
  ...page.inlines.flatMap(({ rows }) => rows.flatMap(({ fields }) => own(fields))),
];

describe('what a field would hold', () => {
  it.each(djangos)('is what it holds when nothing is changed: %s', (setup) => {
    const page = readFormPage(...pageOf(setup, 'change'));
    const posted = asPosted(page);
    const fields = everyField(page);
    expect(fields.length).toBeGreaterThan(10);
    for (const { field, base } of fields)
      expect([field.name, plannedValue(field, base, posted)]).toEqual([field.name, field.value]);
  });

  it.each(djangos)('is right as far as the form knows when it was right before: %s', (setup) => {
    const page = readFormPage(...pageOf(setup, 'change'));
    const posted = asPosted(page);
    for (const { field, base } of own(page.fields))
      expect([field.name, knownErrors(field, base, posted)]).toEqual([field.name, []]);
  });
});

const numbered = (value: string) =>
  readFormPage(
    `<form id=thing_form method=post><div class="form-row field-count"><label class=required for=id_count>Count</label>
     <input type=number name=count id=id_count min=1 max=9 required value="${value}"></div>
     <div class="form-row field-name"><input name=name id=id_name maxlength=3 minlength=2 value="${value}"></div>
     <input type=submit name=_save></form>`,
    { adminPath: '/admin/', path: '/admin/shop/thing/1/change/' },
  );

describe('errors that the form itself knows of', () => {
  it.each([
    ['', ['It is required.'], []],
    ['0', ['It must be at least 1.'], ['It takes at least 2 characters.']],
    ['10', ['It must be at most 9.'], []],
    ['1000', ['It must be at most 9.'], ['It takes at most 3 characters.']],
    ['🪑🪑🪑', [], []],
  ])('are told for %j', (value, count, name) => {
    const page = numbered(value);
    const posted = asPosted(page);
    const errors = own(page.fields).map(({ field, base }) => knownErrors(field, base, posted));
    expect(errors).toEqual([count, name]);
  });
});
