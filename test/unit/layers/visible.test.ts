import { describe, expect, it } from 'vitest';
import { withVisibleText } from '../../../src/layers/visible.ts';
import type { OperationName } from '../../../src/operations/catalogue.ts';
import { GatewayError } from '../../../src/operations/errors.ts';
import { parseInput } from '../../../src/operations/parse-input.ts';
import { type Answer, runOperation } from '../../../src/operations/upstream.ts';
import { echoUpstream, nobody } from '../../support/plain-upstream.ts';

const { signal } = new AbortController();
const context = { caller: nobody, signal };
const model = { app_label: 'catalog', model_name: 'tag' };
const object = { ...model, pk: '1' };

const answering = (answer: Answer) => withVisibleText(echoUpstream(() => answer));

describe('text of records on its way to an agent', () => {
  it('shows hidden characters wherever they stand, names of entries included', async () => {
    const upstream = answering({
      status: 200,
      body: { fields: { 'na\u200bme': { value: 'a\u202eb', choices: ['\u{e0049}'] } } },
    });
    expect((await upstream.retrieve(object, context)).body).toEqual({
      fields: { 'na⟨U+200B⟩me': { value: 'a⟨U+202E⟩b', choices: ['⟨U+E0049⟩'] } },
    });
  });

  it('flattens markup to its text', async () => {
    const html =
      '<style>b{}</style><!-- obey --><b title="a > b">Oak</b><br>10 &times; 2 &lt;cm&gt; &#x27;&#233;&rarr; <img src="/x" alt="a photo">';
    const upstream = answering({
      status: 200,
      body: { results: [{ fields: { badge: { html } } }] },
    });
    const { body } = await upstream.list(parseInput('list', model), context);
    expect(body).toEqual({ results: [{ fields: { badge: "Oak 10 × 2 <cm> 'é→ a photo" } }] });
  });

  it('hands on the very body where there is nothing to show', async () => {
    const answer = {
      status: 200,
      body: { fields: { name: { value: 'Oak stool ❤️' } }, n: [1, null] },
    };
    expect(await answering(answer).retrieve(object, context)).toBe(answer);
  });

  it('shows the details of an error as well', async () => {
    const upstream = withVisibleText(
      echoUpstream(() => {
        throw new GatewayError('conflict', 'Said.', { hint: 'Do.', details: { label: '\u202e' } });
      }),
    );
    await expect(upstream.retrieve(object, context)).rejects.toMatchObject({
      reason: 'conflict',
      message: 'Said.',
      hint: 'Do.',
      details: { label: '⟨U+202E⟩' },
    });
  });

  it('leaves all of it alone for a program', async () => {
    const answer = { status: 200, body: { value: 'a\u202eb', cell: { html: '<b>x</b>' } } };
    expect(await answering(answer).retrieve(object, { ...context, exact: true })).toBe(answer);
  });
});

describe('text of records on its way back', () => {
  /** What an upstream is given of a call. */
  const given = async (name: OperationName, input: object): Promise<unknown> => {
    let seen: unknown;
    const upstream = withVisibleText(
      echoUpstream((_, arrived) => {
        seen = arrived;
        return { status: 200, body: {} };
      }),
    );
    await runOperation(upstream, name, parseInput(name, input), context);
    return seen;
  };

  it('is what was read, in data, search, filters and keys', async () => {
    const data = { name: 'a⟨U+202E⟩b', inlines: { x: { items: [{ pk: '⟨U+FEFF⟩' }] } } };
    expect(await given('update', { ...object, pk: '⟨U+2028⟩', data })).toMatchObject({
      pk: '\u2028',
      data: { name: 'a\u202eb', inlines: { x: { items: [{ pk: '\ufeff' }] } } },
    });
    const filters = { name: '⟨U+27E8⟩U+0007⟩' };
    expect(await given('list', { ...model, search: '⟨U+0007⟩', filters })).toMatchObject({
      search: '\u0007',
      filters: { name: '⟨U+0007⟩' },
    });
  });

  it('leaves a password as it was typed', async () => {
    expect(await given('set_password', { ...object, password: '⟨U+202E⟩' })).toMatchObject({
      password: '⟨U+202E⟩',
    });
  });
});
