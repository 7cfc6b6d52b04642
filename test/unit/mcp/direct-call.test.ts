import { describe, expect, it } from 'vitest';
import type { McpFace } from '../../../src/mcp/face.ts';
import { createMcpServing } from '../../../src/mcp/http.ts';
import { echoUpstream, faceWith, nobody } from '../../support/plain-upstream.ts';

const servingOf = (face: McpFace) => {
  const serve = createMcpServing(face, () => undefined);
  return async (message: object, headers: Record<string, string> = {}) => {
    const request = new Request('http://127.0.0.1/mcp/', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
    });
    const response = await serve(request, message, nobody);
    return { status: response.status, body: JSON.parse(await response.text()) };
  };
};

const rpc = (id: string | number, method: string, params?: object) => ({
  jsonrpc: '2.0',
  id,
  method,
  ...(params === undefined ? {} : { params }),
});

const call = (args: object, more: object = {}) =>
  rpc(1, 'tools/call', { name: 'admin_retrieve', arguments: args, ...more });

const whole = { app_label: 'auth', model_name: 'user', pk: 7 };

/** The SDK's own transport takes over where progress is asked for. */
const wantsProgress = { _meta: { progressToken: 1 } };

const modern = (
  message: ReturnType<typeof call>,
  more: object = {},
  capabilities: object = {},
) => ({
  ...message,
  params: {
    ...message.params,
    _meta: {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientCapabilities': capabilities,
      'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
      ...more,
    },
  },
});

const modernHeaders = {
  'mcp-protocol-version': '2026-07-28',
  'mcp-method': 'tools/call',
  'mcp-name': 'admin_retrieve',
};

const calls: readonly (readonly [string, object])[] = [
  ['one that works', whole],
  ['one without a key', { app_label: 'auth', model_name: 'user' }],
  ['one with an unknown argument', { ...whole, colour: 'red' }],
];

/** Bodies in every form: refused, with a file, too long, and one that fails inside. */
const upstreams = {
  echo: echoUpstream(),
  refusing: echoUpstream(() => ({ status: 403, body: { error: { code: 'no', message: 'No.' } } })),
  filing: echoUpstream(() => ({
    status: 200,
    body: { executed: true },
    file: { name: 'a.csv', mediaType: 'text/csv', bytes: new TextEncoder().encode('a,"b"') },
  })),
  long: echoUpstream(() => ({
    status: 200,
    body: { results: Array.from({ length: 200 }, () => 'x'.repeat(300)) },
  })),
  failing: echoUpstream(() => {
    throw new TypeError('inside');
  }),
};

describe('a call that needs no stream', () => {
  it.each(calls)('is answered as by the transport of the SDK: %s', async (_, args) => {
    const ask = servingOf(faceWith());
    for (const version of [{}, { 'mcp-protocol-version': '2025-11-25' }])
      expect(await ask(call(args), version)).toEqual(await ask(call(args, wantsProgress), version));
  });

  it.each(calls)('is answered as by the SDK since 2026-07-28: %s', async (_, args) => {
    const ask = servingOf(faceWith());
    const direct = await ask(modern(call(args)), modernHeaders);
    expect(direct).toEqual(await ask(modern(call(args), { progressToken: 1 }), modernHeaders));
    expect(direct.body.result.resultType).toBe('complete');
  });

  it.each(Object.entries(upstreams))(
    'is answered as by the SDK, whatever the upstream says: %s',
    async (_, upstream) => {
      const ask = servingOf(faceWith({ upstream }));
      expect(await ask(call(whole))).toEqual(await ask(call(whole, wantsProgress)));
      expect(await ask(modern(call(whole)), modernHeaders)).toEqual(
        await ask(modern(call(whole), { progressToken: 1 }), modernHeaders),
      );
    },
  );

  it.each([{ 'mcp-protocol-version': '1999-01-01' }, { 'content-type': 'text/plain' }])(
    'is refused by that transport with the headers %j',
    async (headers) => {
      const { status, body } = await servingOf(faceWith())(call(whole), headers);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(body.error.code).toBe(-32000);
    },
  );

  it.each([
    ['another method', { 'mcp-method': 'tools/list' }],
    ['another tool', { 'mcp-name': 'admin_list' }],
    ['no tool', { 'mcp-name': '' }],
  ])('is refused by the SDK where its headers name %s', async (_, headers) => {
    const { status, body } = await servingOf(faceWith())(modern(call(whole)), {
      ...modernHeaders,
      ...headers,
    });
    expect([status, body.error.code]).toEqual([400, -32020]);
  });

  it.each([
    ['without an envelope', call(whole), modernHeaders],
    ['with a capability that is none', modern(call(whole), {}, { elicitation: 1 }), modernHeaders],
  ])('is refused by the SDK %s', async (_, message, headers) => {
    const { status, body } = await servingOf(faceWith())(message, headers);
    expect([status, body.error.code]).toEqual([400, -32602]);
  });

  it('has a person asked by the rounds of the SDK, where the client can ask', async () => {
    const question = { text: 'Delete it?', state: 'sealed' };
    const upstream = echoUpstream((_name, _input, { person }) =>
      person === undefined
        ? { status: 428, body: { confirm_token: 't' } }
        : { status: 428, body: {}, question },
    );
    const ask = servingOf(faceWith({ upstream }));
    const destroy = rpc(1, 'tools/call', { name: 'admin_destroy', arguments: whole });
    const headers = { ...modernHeaders, 'mcp-name': 'admin_destroy' };
    const asked = await ask(modern(destroy as never, {}, { elicitation: {} }), headers);
    expect(asked.body.result).toMatchObject({
      resultType: 'input_required',
      requestState: 'sealed',
    });
    const told = await ask(modern(destroy as never), headers);
    expect(told.body.result).toMatchObject({ resultType: 'complete', isError: true });
  });

  it('keeps answers of callers apart that chose the same id', async () => {
    const ask = servingOf(faceWith());
    const keys = Array.from({ length: 20 }, (_, index) => String(index));
    const answers = await Promise.all(keys.map((pk) => ask(call({ ...whole, pk }))));
    const seen = answers.map(({ body }) => body.result.structuredContent.input.pk);
    expect(seen).toEqual(keys);
  });
});

describe('an answer that is known', () => {
  it('is the same the second time, with the id of the question', async () => {
    const ask = servingOf(faceWith());
    const { body: first } = await ask(rpc(1, 'tools/list'));
    const { status, body: second } = await ask(rpc('b"c', 'tools/list'));
    expect(status).toBe(200);
    expect(second).toEqual({ ...first, id: 'b"c' });
  });

  it('is not that of a client of another revision', async () => {
    const ask = servingOf(faceWith());
    const initialize = (protocolVersion: string) =>
      rpc(1, 'initialize', {
        protocolVersion,
        capabilities: {},
        clientInfo: { name: 'test', version: '1' },
      });
    for (const version of ['2025-06-18', '2024-11-05', '2025-06-18'])
      expect((await ask(initialize(version))).body.result.protocolVersion).toBe(version);
  });

  it('is never a call', async () => {
    let count = 0;
    const upstream = echoUpstream(() => {
      count += 1;
      return { status: 200, body: { count } };
    });
    const ask = servingOf(faceWith({ upstream }));
    await ask(call(whole));
    expect((await ask(call(whole))).body.result.structuredContent).toEqual({ count: 2 });
  });

  it('is not given to a request that asks for less than all tools', async () => {
    const serve = createMcpServing(faceWith(), () => undefined);
    const list = async (narrowing?: { readonly readOnly: true }) => {
      const request = new Request('http://127.0.0.1/mcp/', { method: 'POST' });
      const response = await serve(request, rpc(1, 'tools/list'), nobody, narrowing);
      return JSON.parse(await response.text()).result.tools.length;
    };
    expect(await list()).toBe(18);
    expect(await list({ readOnly: true })).toBeLessThan(18);
    expect(await list()).toBe(18);
  });
});
