import { Client, ProtocolError, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { encode } from 'gpt-tokenizer';
import { describe, expect, it } from 'vitest';
import type { McpFace } from '../../../src/mcp/face.ts';
import { createMcpServing } from '../../../src/mcp/http.ts';
import type { OperationName } from '../../../src/operations/catalogue.ts';
import { GatewayError } from '../../../src/operations/errors.ts';
import { operationNames } from '../../../src/operations/facts.ts';
import type { Answer } from '../../../src/operations/upstream.ts';
import { echoUpstream, faceWith, nobody } from '../../support/plain-upstream.ts';

const modes = [
  ['the 2025 revisions', 'legacy' as const],
  ['2026-07-28', { pin: '2026-07-28' }],
] as const;

type Mode = (typeof modes)[number][1];

/** A client of its own server, and the last message that came back. */
const connect = async (face: McpFace, mode: Mode = { pin: '2026-07-28' }) => {
  const serve = createMcpServing(face, () => undefined);
  let last = '';
  const fetch = async (url: string | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(url, init);
    if (request.method !== 'POST') return new Response(null, { status: 405 });
    const body = JSON.parse(await request.clone().text());
    const response = await serve(request, body, nobody);
    last = await response.clone().text();
    return response;
  };
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
  const endpoint = new URL('http://127.0.0.1/mcp/');
  await client.connect(new StreamableHTTPClientTransport(endpoint, { fetch }));
  return { client, lastResult: () => JSON.parse(last).result };
};

const refusal = async (promise: Promise<unknown>): Promise<ProtocolError> => {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ProtocolError);
  return error as ProtocolError;
};

const answering = (answer: (name: string, input: unknown) => Answer): McpFace =>
  faceWith({ upstream: echoUpstream(answer) });

const keyAsked = ({ pk }: { pk: string }): Answer => ({
  status: 200,
  body: { app_label: 'lab', model_name: 'keyword', pk, label: `<${pk}>`, fields: {} },
});

describe.each(modes)('resources, with a client of %s', (_, mode) => {
  it('are listed without a call to Django: the models, and a template for objects', async () => {
    const { client } = await connect(
      answering(() => {
        throw new Error('nothing may be asked');
      }),
      mode,
    );
    const { resources } = await client.listResources();
    expect(resources.map(({ uri }) => uri)).toEqual(['admin://registry']);
    const { resourceTemplates } = await client.listResourceTemplates();
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toEqual([
      'admin://{app_label}/{model_name}/{pk}',
    ]);
    await client.close();
  });

  it.each(['and/or', '..', '50%2Foff', 'why?', 'c#', '日本語', 'a=b;c:d', ' '])(
    'have the key %j percent-encoded, and nothing else in it means anything',
    async (pk) => {
      const { client } = await connect(
        answering((_name, input) => keyAsked(input as { pk: string })),
        mode,
      );
      const uri = `admin://lab/keyword/${encodeURIComponent(pk)}`;
      const { contents } = await client.readResource({ uri });
      expect(contents.map((content) => [content.uri, content.mimeType])).toEqual([
        [uri, 'text/plain'],
        [uri, 'application/json'],
      ]);
      const [, json] = contents as { text: string }[];
      expect(JSON.parse(json?.text ?? '')).toMatchObject({ pk });
      await client.close();
    },
  );

  it.each([
    ['no key', 'admin://lab/keyword'],
    ['an empty key', 'admin://lab/keyword/'],
    ['more than a key', 'admin://lab/keyword/1/delete'],
    ['a query', 'admin://lab/keyword/1?_popup=1'],
    ['half a percent sign', 'admin://lab/keyword/%2'],
    ['no app label', 'admin://lab%2Fx/keyword/1'],
    ['another scheme', 'file:///etc/passwd'],
    ['no such page', 'ui://django-admin/other.html'],
  ])('are not found with %s', async (_what, uri) => {
    const { client } = await connect(
      answering(() => {
        throw new Error('nothing may be asked');
      }),
      mode,
    );
    const error = await refusal(client.readResource({ uri }));
    expect(error).toMatchObject({ code: -32602, data: { uri } });
    await client.close();
  });

  it('that the admin does not have are not found', async () => {
    const { client } = await connect(
      answering(() => ({ status: 404, body: { error: { code: 'not_found', message: '-' } } })),
      mode,
    );
    const uri = 'admin://lab/keyword/1';
    expect(await refusal(client.readResource({ uri }))).toMatchObject({
      code: -32602,
      data: { uri },
    });
    await client.close();
  });

  it('that nobody may read say why, and what to do', async () => {
    const { client } = await connect(
      answering(() => {
        throw new GatewayError('anonymous', 'The session is over.', { hint: 'Log in again.' });
      }),
      mode,
    );
    const error = await refusal(client.readResource({ uri: 'admin://lab/keyword/1' }));
    expect(error.code).toBe(-32603);
    expect(error.message).toContain('The session is over. Log in again.');
    await client.close();
  });
});

describe('caches', () => {
  it('may share the lists, and keep no record', async () => {
    const { client, lastResult } = await connect(
      answering((_name, input) => keyAsked(input as { pk: string })),
    );
    const shared = { ttlMs: 3_600_000, cacheScope: 'public' };
    for (const list of ['listResources', 'listResourceTemplates', 'listPrompts'] as const) {
      await client[list]();
      expect(lastResult()).toMatchObject(shared);
    }
    await client.readResource({ uri: 'admin://lab/keyword/1' });
    expect(lastResult()).toMatchObject({ ttlMs: 0, cacheScope: 'private' });
    await client.close();
  });
});

const kindsFor = async (off: readonly OperationName[], readOnly = false) => {
  const { client } = await connect(faceWith({ disabled: new Set(off), readOnly }));
  const { resources, prompts, completions } = client.getServerCapabilities() ?? {};
  const offered = {
    templates:
      resources === undefined ? [] : (await client.listResourceTemplates()).resourceTemplates,
    prompts: prompts === undefined ? [] : (await client.listPrompts()).prompts,
  };
  await client.close();
  return {
    capabilities: Object.entries({ resources, prompts, completions })
      .filter(([, value]) => value !== undefined)
      .map(([name]) => name),
    templates: offered.templates.length,
    prompts: offered.prompts.map(({ name }) => name),
  };
};

describe('what is declared', () => {
  it('is what the tools make possible', async () => {
    expect(await kindsFor([])).toEqual({
      capabilities: ['resources', 'prompts', 'completions'],
      templates: 1,
      prompts: ['fix_record', 'review_recent_actions', 'prepare_bulk_edit'],
    });
  });

  it('has no objects where reading them is disabled', async () => {
    expect(await kindsFor(['retrieve'])).toMatchObject({
      templates: 0,
      prompts: ['prepare_bulk_edit'],
    });
    const { client } = await connect(faceWith({ disabled: new Set(['retrieve']) }));
    const uri = 'admin://lab/keyword/1';
    expect(await refusal(client.readResource({ uri }))).toMatchObject({ code: -32602 });
    await client.close();
  });

  it('has no prompts that write where nothing may be written', async () => {
    expect((await kindsFor([], true)).prompts).toEqual(['review_recent_actions']);
  });

  it('is nothing where everything is disabled', async () => {
    expect((await kindsFor(operationNames)).capabilities).toEqual([]);
  });
});

describe('prompts', () => {
  const style = (toolNames: McpFace['toolNames']) => connect(faceWith({ toolNames }));
  const textOf = ({ messages }: Awaited<ReturnType<Client['getPrompt']>>): string =>
    messages[0]?.content.type === 'text' ? messages[0].content.text : '';
  const given = { model: 'sales.order', record: 'Ada’s order', change: 'paid' };

  it('name the tools as they are listed', async () => {
    for (const [names, tool] of [
      ['snake', 'admin_update'],
      ['dotted', 'admin.update'],
    ] as const) {
      const { client } = await style(names);
      const text = textOf(await client.getPrompt({ name: 'fix_record', arguments: given }));
      expect(text).toContain(tool);
      for (const value of Object.values(given)) expect(text).toContain(value);
      expect(encode(text).length).toBeLessThan(250);
      await client.close();
    }
  });

  it('refuse arguments that are missing or unknown', async () => {
    const { client } = await style('snake');
    const call = (name: string, args: Record<string, string>) =>
      refusal(client.getPrompt({ name, arguments: args }));
    expect((await call('fix_record', { ...given, record: ' ' })).message).toContain('"record"');
    expect((await call('fix_record', { ...given, recrod: 'x' })).message).toContain(
      'Did you mean "record"?',
    );
    expect((await call('fix_records', given)).message).toContain('Did you mean "fix_record"?');
    await client.close();
  });
});

describe('completion', () => {
  const ref = { type: 'ref/resource' as const, uri: 'admin://{app_label}/{model_name}/{pk}' };
  const registry: Answer = {
    status: 200,
    body: {
      apps: Array.from({ length: 150 }, (_, app) => ({
        models: [{ app_label: 'group', real_app_label: `app${app}`, model_name: `thing${app}` }],
      })),
    },
  };

  it('gives at most 100 values, those that begin with the text first', async () => {
    const { client } = await connect(answering(() => registry));
    const all = await client.complete({ ref, argument: { name: 'app_label', value: '' } });
    expect(all.completion).toMatchObject({ total: 150, hasMore: true });
    expect(all.completion.values).toHaveLength(100);
    const some = await client.complete({ ref, argument: { name: 'app_label', value: 'p14' } });
    expect(some.completion.values).toEqual([
      'app14',
      ...Array.from({ length: 10 }, (_, i) => `app14${i}`),
    ]);
    await client.close();
  });

  it('gives the models of the app that was chosen', async () => {
    const { client } = await connect(answering(() => registry));
    const { completion } = await client.complete({
      ref,
      argument: { name: 'model_name', value: 'THING' },
      context: { arguments: { app_label: 'app7' } },
    });
    expect(completion.values).toEqual(['thing7']);
    await client.close();
  });

  it.each([
    ['an argument nobody knows', 'constructor', {}],
    ['a key of no model', 'pk', {}],
    ['a model that is no name', 'pk', { app_label: '../x', model_name: 'y' }],
    ['an admin that refuses', 'app_label', {}],
  ])('gives nothing for %s', async (_what, name, args) => {
    const { client } = await connect(
      answering(() => ({ status: 403, body: { error: { code: 'forbidden', message: '-' } } })),
    );
    const { completion } = await client.complete({
      ref,
      argument: { name, value: 'a' },
      context: { arguments: args },
    });
    expect(completion.values).toEqual([]);
    await client.close();
  });

  it('gives nothing where asking fails', async () => {
    const { client } = await connect(
      answering(() => {
        throw new GatewayError('unavailable', 'Django is down.');
      }),
    );
    const { completion } = await client.complete({ ref, argument: { name: 'model', value: '' } });
    expect(completion.values).toEqual([]);
    await client.close();
  });
});

describe('the MCP Apps view', () => {
  it('is named by the tools whose answers it shows, since tools have a _meta', async () => {
    const { client } = await connect(faceWith());
    const { tools } = await client.listTools();
    const shown = tools.filter(({ _meta }) => _meta !== undefined);
    expect(shown.map(({ name, _meta }) => [name, _meta])).toEqual([
      ['admin_list', { ui: { resourceUri: 'ui://django-admin/list.html' } }],
      ['admin_destroy', { ui: { resourceUri: 'ui://django-admin/delete.html' } }],
      ['admin_delete_preview', { ui: { resourceUri: 'ui://django-admin/delete.html' } }],
    ]);
    await client.close();
  });

  it('is not spoken of to older clients', async () => {
    const serve = createMcpServing(faceWith(), () => undefined);
    const listed = async (version: string): Promise<string> => {
      const request = new Request('http://127.0.0.1/mcp/', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'mcp-protocol-version': version },
      });
      const response = await serve(
        request,
        { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} },
        nobody,
      );
      return response.text();
    };
    expect(await listed('2025-06-18')).toContain('ui://');
    expect(await listed('2025-03-26')).not.toContain('ui://');
  });
});
