import { describe, expect, it } from 'vitest';
import { tokenInPage } from '../../../src/session/csrf-token.ts';
import { codeFieldBeside, codeStep, fillLogin } from '../../../src/session/login-fields.ts';
import { readLoginPage } from '../../../src/session/login-page.ts';

const token = 'a'.repeat(64);
const credentials = { username: 'ann', password: 'pw' };
const fill = async (html: string, fields?: Record<string, string>) =>
  fillLogin(
    await readLoginPage(html),
    fields === undefined ? credentials : { ...credentials, fields },
  );

const djangos = `
  <form action="/search/"><input name="q"></form>
  <form action="/admin/login/?next=/admin/" method="post" id="login-form">
    <input type="hidden" name="csrfmiddlewaretoken" value="${token}">
    <input type="text" name="username" autofocus required id="id_username">
    <input type="password" name="password" required id="id_password">
    <input type="hidden" name="next" value="/admin/">
    <input type="submit" value="Log in">
  </form>`;

describe('a login form', () => {
  it('is the one that asks for a password, with its hidden fields', async () => {
    expect(await fill(djangos)).toEqual({
      action: '/admin/login/?next=/admin/',
      fields: [
        ['csrfmiddlewaretoken', token],
        ['next', '/admin/'],
        ['username', 'ann'],
        ['password', 'pw'],
      ],
      unfilled: [],
    });
  });

  it('may call its user field otherwise, and have boxes and buttons', async () => {
    const filled = await fill(`<form>
      <input type="email" name="login" required><input type="password" name="secret">
      <input type="checkbox" name="remember" checked><input type="checkbox" name="other">
      <button name="go" type="submit">Go</button></form>`);
    expect(filled).toEqual({
      action: undefined,
      fields: [
        ['remember', 'on'],
        ['login', 'ann'],
        ['secret', 'pw'],
      ],
      unfilled: [],
    });
  });

  it('names a required field that nobody gave, and takes it when given', async () => {
    const html = djangos.replace(
      '<input type="submit"',
      '<input name="otp" required><input type="submit"',
    );
    await expect(fill(html)).rejects.toMatchObject({
      reason: 'anonymous',
      message: 'This login also asks for "otp".',
      details: { fields: ['otp'] },
    });
    expect((await fill(html, { otp: '246810' }))?.fields).toContainEqual(['otp', '246810']);
  });

  it('remembers optional fields that were left empty, for the hint', async () => {
    const html = djangos.replace(
      '<input type="submit"',
      '<input name="otp_token"><input type="submit"',
    );
    expect((await fill(html))?.unfilled).toEqual(['otp_token']);
  });

  it('is filled by the standard names where its inputs have none', async () => {
    const filled =
      await fill(`<form method="post"><input name="csrfmiddlewaretoken" type="hidden" value="t">
      <input v-model="u"><input type="password" v-model="p"></form>`);
    expect(filled?.fields).toEqual([
      ['csrfmiddlewaretoken', 't'],
      ['username', 'ann'],
      ['password', 'pw'],
    ]);
  });

  it('may be missing', async () => {
    expect(await fill('<p>Welcome</p><form><input name="q"></form>')).toBeUndefined();
  });
});

describe('a login page', () => {
  it('tells what it complains about, as data of bounded size', async () => {
    const { errors } = await readLoginPage(
      `<p class="errornote">Please enter the <b>correct</b>\n  name &amp; password.</p>
       <ul class="errorlist nonfield"><li>One</li><li>Two</li></ul>
       <p class="errornote">${'x'.repeat(1_000)}</p>`,
    );
    expect(errors.slice(0, 2)).toEqual(['Please enter the correct name & password.', 'One Two']);
    expect(errors[2]).toHaveLength(300);
  });

  it('tells whom the admin greets', async () => {
    const html =
      '<div id="user-tools">Welcome, <strong>Ann</strong>. <a href="x"><strong>y</strong></a></div>';
    expect((await readLoginPage(html)).userName).toBe('Ann');
    expect((await readLoginPage('<strong>Ann</strong>')).userName).toBeUndefined();
  });
});

it.each([
  [`<input type="hidden" name="csrfmiddlewaretoken" value="${token}">`, token],
  [`<input value='${token}' name='csrfmiddlewaretoken' type=hidden>`, token],
  [
    `<input name="q" value="x"><input name="csrfmiddlewaretoken" value="${'b'.repeat(32)}">`,
    'b'.repeat(32),
  ],
  ['<input name="csrfmiddlewaretoken" value="">', undefined],
  ['<p>csrfmiddlewaretoken</p>', undefined],
])('finds the CSRF token in %s', (html, expected) => {
  expect(tokenInPage(html)).toBe(expected);
});

describe('a field for a one-time code', () => {
  const beside = async (input: string) =>
    codeFieldBeside(
      await readLoginPage(`<form><input name="username"><input type="password" name="password">
        ${input}</form>`),
    );

  it('is known by what it is called, also behind the prefix of a wizard', async () => {
    for (const name of ['otp_token', 'otp', 'token', 'mfa_code', 'verification_code', 'auth-code'])
      expect(await beside(`<input name="${name}">`)).toBe(name);
  });

  it('is known by what browsers are told to fill in', async () => {
    expect(await beside('<input name="pin" autocomplete="one-time-code">')).toBe('pin');
  });

  it('is no other field, and no hidden one', async () => {
    for (const input of [
      '<input name="company">',
      '<input name="postcode">',
      '<input type="hidden" name="token" value="x">',
      '<input type="checkbox" name="otp_trust">',
    ])
      expect(await beside(input)).toBeUndefined();
  });

  it('may stand on a page of its own, whose hidden fields are kept', async () => {
    const step = codeStep(
      await readLoginPage(`<form action="/search/"><input name="q"></form>
        <form action="?step=2"><input type="hidden" name="auth_view-current_step" value="token">
        <input type="number" name="token-otp_token"><button>Next</button></form>`),
    );
    expect(step?.fill('123456')).toEqual({
      action: '?step=2',
      fields: [
        ['auth_view-current_step', 'token'],
        ['token-otp_token', '123456'],
      ],
      unfilled: [],
    });
    expect(codeStep(await readLoginPage(djangos))).toBeUndefined();
  });
});
