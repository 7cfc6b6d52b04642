import { expect, it } from 'vitest';
import type { DjangoResponse } from '../../../src/django/messages.ts';
import { createGreetings, greetedIn } from '../../../src/session/greeting.ts';

const page = (text: string, type = 'text/html; charset=utf-8'): DjangoResponse =>
  ({ headers: { 'content-type': type }, text }) as unknown as DjangoResponse;

const greeting = (name: string): string =>
  `<div id="user-tools">\n  Welcome,\n  <strong>${name}</strong>.\n</div>`;

it('is the name that the admin greets', () => {
  expect(greetedIn(page(greeting('Anna')))).toBe('Anna');
  expect(greetedIn(page(greeting('O&#x27;Neil &amp; Co')))).toBe("O'Neil & Co");
});

it('is nothing elsewhere', () => {
  expect(greetedIn(page('<strong>Anna</strong>'))).toBeUndefined();
  expect(greetedIn(page(greeting(' ')))).toBeUndefined();
  expect(greetedIn(page(greeting('Anna'), 'text/csv'))).toBeUndefined();
});

it('is kept apart by session, and forgotten when there are too many', () => {
  const greetings = createGreetings();
  greetings.look('a', page(greeting('Anna')));
  greetings.look('b', page('no greeting'));
  greetings.look('b', page(greeting('Bert')));
  expect([greetings.nameOf('a'), greetings.nameOf('b')]).toEqual(['Anna', 'Bert']);
  for (let index = 0; index < 1000; index += 1)
    greetings.look(`${index}`, page(greeting(`${index}`)));
  expect([greetings.nameOf('a'), greetings.nameOf('999')]).toEqual([undefined, '999']);
});
