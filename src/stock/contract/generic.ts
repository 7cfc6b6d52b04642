import type { JsonObject } from '../../operations/json.ts';
import type { GenericForm, GenericPage } from '../pages/types/others.ts';
import { customViewJson } from './action.ts';
import { specJson } from './field.ts';

/** Longest text of a page that is passed on, in characters. */
const maxText = 20_000;

/** What a form of the project's own asks for; hidden controls travel with it and are not shown. */
export const genericFormJson = (form: GenericForm): JsonObject => ({
  method: form.method,
  inputs: form.inputs.map((field) => ({ name: field.name, ...specJson(field) })),
  buttons: form.buttons.map(({ name, value, label }) => ({ name, value, label })),
});

/** A page of the project's own as data. Links are listed, and never followed unasked. */
export const genericPageJson = (page: GenericPage): JsonObject => ({
  title: page.frame.heading ?? page.frame.title,
  text: page.text.slice(0, maxText),
  ...(page.text.length > maxText ? { text_length: page.text.length } : {}),
  tables: page.tables.map(({ head, rows }) => ({
    head: [...head],
    rows: rows.map((row) => [...row]),
  })),
  lists: page.lists.map((items) => [...items]),
  forms: page.forms.map(genericFormJson),
  links: page.links.map((link) => ({ ...customViewJson(link), level: null })),
});
