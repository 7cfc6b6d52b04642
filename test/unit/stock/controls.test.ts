import { describe, expect, it } from 'vitest';
import { readPage } from '../../../src/html/read-page.ts';
import { readForms } from '../../../src/stock/forms/controls.ts';
import { submitButtons, successfulControls } from '../../../src/stock/forms/successful.ts';
import type { HtmlForm } from '../../../src/stock/forms/types.ts';
import { readFormPage } from '../../../src/stock/pages/form-page.ts';
import { djangos, pageOf, recordedJson } from './recorded.ts';

const formOf = (inside: string, after = ''): HtmlForm => {
  const [first] = readForms(readPage(`<form id=f method=post>${inside}</form>${after}`));
  if (first === undefined) throw new Error('no form');
  return first.form;
};

const posted = (inside: string, after = '') => successfulControls(formOf(inside, after));

describe('what a form posts', () => {
  it('is nothing of disabled controls, unchecked boxes, buttons and files', () => {
    expect(
      posted(`<input name=a value=1 disabled><input type=checkbox name=b><input type=radio name=c value=1>
        <input type=submit name=d value=x><button name=e value=x>E</button><input type=file name=f>
        <fieldset disabled><legend><input name=kept value=1></legend><input name=g value=1></fieldset>`),
    ).toEqual([['kept', '1']]);
  });

  it('says "on" for a checked box without a value', () => {
    expect(
      posted('<input type=checkbox name=a checked><input type=checkbox name=a value=2 checked>'),
    ).toEqual([
      ['a', 'on'],
      ['a', '2'],
    ]);
  });

  it('takes the first option of a select of one where none is selected, and none of a multiple one', () => {
    expect(posted('<select name=a><option value=1>x<option value=2>y</select>')).toEqual([
      ['a', '1'],
    ]);
    expect(posted('<select name=a multiple><option value=1>x</select>')).toEqual([]);
    expect(posted('<select name=a><option disabled>x<option value=2>y</select>')).toEqual([
      ['a', '2'],
    ]);
    expect(posted('<select name=a><option>text of it</select>')).toEqual([['a', 'text of it']]);
  });

  it('drops exactly one line break at the start of a textarea', () => {
    expect(posted('<textarea name=a>\n\n x\r\n</textarea>')).toEqual([['a', '\n x\r\n']]);
    expect(posted('<textarea name=a>\r\nx</textarea>')).toEqual([['a', 'x']]);
  });

  it('honours the form attribute, both into the form and out of it', () => {
    expect(
      posted(
        '<input name=a value=1><input name=b value=2 form=other>',
        '<input name=c value=3 form=f>',
      ),
    ).toEqual([
      ['a', '1'],
      ['c', '3'],
    ]);
  });

  it('never has the token, the form actions of Django 6.1, selected rows or rows that scripts copy', () => {
    expect(
      posted(`<input name=csrfmiddlewaretoken value=t><input name=CHANGE_FORM-action value="">
        <input name=_selected_action value=1><input name=items-__prefix__-qty value=1><input value=unnamed>
        <template><input name=inert value=1></template><input name=a value="">`),
    ).toEqual([['a', '']]);
  });

  it.each(djangos)('is byte for byte what Django itself rendered: %s', (setup) => {
    const { form } = readFormPage(...pageOf(setup, 'change'));
    const truth = recordedJson(setup, 'identity-data') as { pairs: Record<string, string[]> };
    const byName: Record<string, string[]> = {};
    for (const [name, value] of form === null ? [] : successfulControls(form))
      byName[name] = [...(byName[name] ?? []), value];
    // The recorder asks form fields: it has no hidden copies of callable defaults, and it has
    // the fields of an inline that the page shows as text only.
    const isShared = ([name]: [string, string[]]) =>
      !name.startsWith('initial-') && !/^fixed_set-0-(?:ok|text)$/.test(name);
    const shared = (all: Record<string, string[]>) =>
      Object.fromEntries(Object.entries(all).filter(isShared));
    expect(shared(byName)).toEqual(shared(truth.pairs));
    expect(byName['description']).toEqual(['line one\r\nline two\r\n']);
  });

  it('names the buttons that submit it', () => {
    expect(
      submitButtons(
        formOf('<button name=go value=1>Run <b>it</b></button><button type=button>x</button>'),
      ),
    ).toEqual([{ name: 'go', value: '1', label: 'Run it' }]);
  });
});
