import { expect, it } from 'vitest';
import { blankFields, textFields } from '../../../src/stock/forms/blanks.ts';
import { readFormPage } from '../../../src/stock/pages/form-page.ts';

const row = (name: string, control: string): string =>
  `<div class="form-row field-${name}"><label for=id_${name}>${name}</label>${control}</div>`;

const page = readFormPage(
  `<form id=thing_form method=post>
  ${row('code', '<input class=vTextField name=code id=id_code maxlength=9>')}
  ${row('name', '<input class=vTextField name=name id=id_name maxlength=9 value=x>')}
  ${row('site', '<input type=url class=vURLField name=site id=id_site maxlength=200>')}
  ${row('long', '<input class=vTextField name=long id=id_long>')}
  ${row('took', '<input name=took id=id_took>')}
  ${row('text', '<textarea class=vLargeTextField name=text id=id_text></textarea>')}
  ${row('data', '<textarea name=data id=id_data>null</textarea>')}
  ${row('kind', '<select name=kind id=id_kind><option value="" selected>-</option><option value=a>A</option></select>')}
  ${row('count', '<input type=number name=count id=id_count>')}
  <input type=submit name=_save></form>`,
  { adminPath: '/admin/', path: '/admin/shop/thing/1/change/' },
);

it('blank texts, choices and JSON null may be NULL or not, and saving makes one of both', () => {
  expect(blankFields(page.fields)).toEqual([
    { name: 'code', hazard: 'blank_to_null' },
    { name: 'site', hazard: 'blank_to_null' },
    { name: 'long', hazard: 'blank_to_null' },
    { name: 'text', hazard: 'null_to_blank' },
    { name: 'data', hazard: 'blank_to_null' },
    { name: 'kind', hazard: 'blank_to_null' },
  ]);
});

it('all texts of a form can be asked about at once', () => {
  expect(textFields(page.fields)).toEqual(['code', 'name', 'site', 'long', 'text', 'data']);
});
