import { expect, test } from 'vitest';
import { withoutPage } from '../../../src/rest/form-spec.ts';

// The name that the package had before 1.7.0; the live tests have a page under today's.
test.each(['html-fragment', 'legacy-iframe'])(
  'keeps the HTML and the token of a %s back',
  (renderer) => {
    const body = { renderer, html: 'x', csrf_token: 'SECRET', submit_url: '/a/' };
    expect(withoutPage({ status: 200, body }).body).toEqual({
      renderer: 'custom-template',
      reason: expect.any(String),
      legacy_url: '/a/',
      spa_url: null,
      machine_driveable: false,
    });
  },
);

test('leaves a form spec and a refusal alone', () => {
  const spec = { status: 200, body: { renderer: 'form-spec', fields: [] } };
  expect(withoutPage(spec)).toBe(spec);
  const refused = { status: 403, body: { error: { code: 'forbidden' } } };
  expect(withoutPage(refused)).toBe(refused);
});
