import { expect, test } from 'vitest';
import { hiddenIn, isDrawn, isSplit, readControls } from '../../../src/rest/controls.ts';

const page = `
<form><input type="hidden" name="csrfmiddlewaretoken" value="x">
<input type="text" name="name" title="a > b" required>
<input type='checkbox' name='is_on' checked>
<input name="when_0" class="vDateField"><input name="when_1">
<select name="born_month"></select><select name="born_day"></select><select name="born_year"></select>
<TEXTAREA name=notes></TEXTAREA>
<input name="api_token"><input name="locked_secret" disabled>
<input name="lines-TOTAL_FORMS"><input name="lines-0-note"><input name="lines-__prefix__-session_key">
<input type="checkbox" name="lines-0-DELETE">
<input type="submit" name="_save"></form>`;

test('reads the controls of a form page, apart from those of inlines and buttons', () => {
  const { own, inline } = readControls(page);
  expect(Object.fromEntries(own)).toEqual({
    name: 'text',
    is_on: 'checkbox',
    when_0: 'text',
    when_1: 'text',
    born_month: 'select',
    born_day: 'select',
    born_year: 'select',
    notes: 'textarea',
    api_token: 'text',
  });
  expect([...inline.keys()]).toEqual(['note', 'session_key', 'DELETE']);
  expect([hiddenIn(own), hiddenIn(inline)]).toEqual([['api_token'], ['session_key']]);
});

test('tells fields that have several controls', () => {
  const { own } = readControls(page);
  expect(['when', 'born', 'name'].map((name) => isSplit(own, name))).toEqual([true, false, false]);
  expect(['when', 'born', 'gone'].map((name) => isDrawn(own, name))).toEqual([true, true, false]);
});
