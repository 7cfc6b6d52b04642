import { describe, expect, it } from 'vitest';
import { versionOfGroups } from '../../../src/operations/version.ts';
import { groupsOf } from '../../../src/stock/forms/groups.ts';
import { readFormPage } from '../../../src/stock/pages/form-page.ts';
import { djangos, pageOf } from './recorded.ts';

const page = (html: string) =>
  readFormPage(`<form id=thing_form method=post>${html}<input type=submit name=_save></form>`, {
    adminPath: '/admin/',
    path: '/admin/shop/thing/1/change/',
  });

const row = (name: string, control: string): string =>
  `<div class="form-row field-${name}"><label for=id_${name}>${name}</label>${control}</div>`;

describe('the groups of a form', () => {
  it('hold a field with all of its controls, and one whose box is not checked', () => {
    const groups = groupsOf(
      page(
        row(
          'seen',
          '<p class=datetime><input class=vDateField name=seen_0 id=id_seen_0 value=2024-01-02>' +
            '<input class=vTimeField name=seen_1 id=id_seen_1 value=10:00:00></p>',
        ) + row('done', '<input type=checkbox name=done id=id_done>'),
      ),
    );
    expect([...groups.keys()].sort()).toEqual(['done', 'seen']);
    expect(groups.get('done')).toBe('');
    expect(groups.get('seen')).toContain('10:00:00');
  });

  it('do not depend on the order of choices or on popup bookkeeping', () => {
    const select = (first: string, second: string) =>
      `<select multiple name=tags id=id_tags><option value=${first} selected>a</option><option value=${second} selected>b</option></select>`;
    expect(
      groupsOf(page(`${row('tags', select('2', '1'))}<input type=hidden name=_popup value=1>`)),
    ).toEqual(groupsOf(page(row('tags', select('1', '2')))));
  });

  it('cannot be imitated by another split of the same text', () => {
    const text = (name: string, value: string) =>
      row(name, `<input name=${name} id=id_${name} value="${value}">`);
    const version = (html: string) => versionOfGroups(groupsOf(page(html)));
    expect(version(text('a', '1=2'))).not.toBe(version(text('a=1', '2')));
    expect(version(text('a', 'x') + text('b', 'y'))).not.toBe(version(text('a', 'x\n1:b=1:y')));
  });

  it.each(djangos)(
    'are the same on the page and in its popup, and new after an edit: %s',
    (setup) => {
      const version = (name: string) =>
        versionOfGroups(groupsOf(readFormPage(...pageOf(setup, name))));
      expect(version('change-again')).toBe(version('change'));
      expect(version('change-popup')).toBe(version('change'));
      expect(version('change-after')).not.toBe(version('change'));
    },
  );
});
