import {
  Client as ClientV2,
  StreamableHTTPClientTransport as TransportV2,
} from '@modelcontextprotocol/client';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { describe, expect, it } from 'vitest';
import type { McpFace } from '../../../src/mcp/face.ts';
import { createMcpServing } from '../../../src/mcp/http.ts';
import { GatewayError } from '../../../src/operations/errors.ts';
import { echoUpstream, faceWith, nobody } from '../../support/plain-upstream.ts';

const endpoint = new URL('http://127.0.0.1/mcp/');

const fetchOf = (face: McpFace) => {
  const serve = createMcpServing(face, () => undefined);
  return async (url: string | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(url, init);
    if (request.method !== 'POST') return new Response(null, { status: 405 });
    return serve(request.clone(), JSON.parse(await request.text()), nobody);
  };
};

const post = async (face: McpFace, message: unknown, headers: Record<string, string> = {}) => {
  const response = await fetchOf(face)(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(message),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
};

const rpc = (method: string, params?: unknown) => ({ jsonrpc: '2.0', id: 1, method, params });

describe('plain JSON-RPC, as the seed describes it', () => {
  it('lists tools without initialize and without Accept', async () => {
    const { status, body } = await post(faceWith(), rpc('tools/list'));
    expect(status).toBe(200);
    expect(body.result.tools).toHaveLength(18);
  });

  it.each(['admin.list', 'admin_list'])('calls %s', async (name) => {
    const { body } = await post(
      faceWith(),
      rpc('tools/call', { name, arguments: { app_label: 'auth', model_name: 'user' } }),
    );
    expect(body.result.structuredContent.operation).toBe('list');
    expect(JSON.parse(body.result.content[0].text)).toEqual(body.result.structuredContent);
    expect(body.result._meta['django-admin-mcp-api/status']).toBe(200);
  });

  it('acknowledges a notification with 202 and no body', async () => {
    const { status, body } = await post(faceWith(), {
      jsonrpc: '2.0',
      method: 'notifications/initialized',
    });
    expect(status).toBe(202);
    expect(body).toBeUndefined();
  });

  it('answers ping', async () => {
    expect((await post(faceWith(), rpc('ping'))).body.result).toEqual({});
  });

  it('answers an unknown tool with -32602 and the nearest name', async () => {
    const { body } = await post(faceWith(), rpc('tools/call', { name: 'admin_lst' }));
    expect(body.error.code).toBe(-32602);
    expect(body.error.message).toContain('admin_list');
  });

  it('answers wrong arguments with -32602 and JSON pointers', async () => {
    const { body } = await post(
      faceWith(),
      rpc('tools/call', {
        name: 'admin.retrieve',
        arguments: { app_label: 'auth', modle_name: 'x' },
      }),
    );
    expect(body.error.code).toBe(-32602);
    expect(body.error.data.errors.map((error: { pointer: string }) => error.pointer)).toEqual(
      expect.arrayContaining(['/model_name', '/pk', '/modle_name']),
    );
  });

  it('refuses an unknown method with -32601', async () => {
    expect((await post(faceWith(), rpc('tools/run'))).body.error.code).toBe(-32601);
  });

  it('keeps the seed envelope where it is asked for', async () => {
    const { body } = await post(
      faceWith({ resultShape: 'seed' }),
      rpc('tools/call', { name: 'admin.registry' }),
    );
    expect(body.result).toEqual({
      content: [{ type: 'json', json: { operation: 'registry', input: {} } }],
      isError: false,
      status: 200,
    });
  });
});

describe.each(['2024-11-05', '2025-03-26', '2025-06-18'])('revision %s', (version) => {
  it('answers wrong arguments as a protocol error', async () => {
    const { body } = await post(faceWith(), rpc('tools/call', { name: 'admin_retrieve' }), {
      'mcp-protocol-version': version,
    });
    expect(body.error.code).toBe(-32602);
  });

  it('is answered in its own revision', async () => {
    const { body } = await post(
      faceWith(),
      rpc('initialize', {
        protocolVersion: version,
        capabilities: {},
        clientInfo: { name: 'test', version: '1' },
      }),
    );
    expect(body.result.protocolVersion).toBe(version);
    expect(body.result.serverInfo.name).toBe('django-admin');
  });
});

it('answers wrong arguments as a tool result from 2025-11-25 on', async () => {
  const { body } = await post(faceWith(), rpc('tools/call', { name: 'admin_retrieve' }), {
    'mcp-protocol-version': '2025-11-25',
  });
  expect(body.result.isError).toBe(true);
  expect(JSON.parse(body.result.content[0].text).error.details.errors[0].pointer).toBe(
    '/app_label',
  );
});

it('offers nothing newer than PROTOCOL_VERSION', async () => {
  const { body } = await post(
    faceWith({ protocolVersion: '2024-11-05' }),
    rpc('initialize', {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name: 'test', version: '1' },
    }),
  );
  expect(body.result.protocolVersion).toBe('2024-11-05');
});

const refusing = faceWith({
  upstream: echoUpstream(() => ({
    status: 400,
    body: {
      error: { code: 'validation_failed', message: 'Invalid.', fields: { name: ['Required.'] } },
    },
  })),
});

const clients = {
  'SDK 1.x': async (face: McpFace) => {
    const client = new ClientV1({ name: 'test', version: '1' });
    await client.connect(new TransportV1(endpoint, { fetch: fetchOf(face) }));
    return client;
  },
  'client 2.x, legacy': async (face: McpFace) => {
    const client = new ClientV2(
      { name: 'test', version: '1' },
      { versionNegotiation: { mode: 'legacy' } },
    );
    await client.connect(new TransportV2(endpoint, { fetch: fetchOf(face) }));
    return client;
  },
  'client 2.x, auto': async (face: McpFace) => {
    const client = new ClientV2(
      { name: 'test', version: '1' },
      { versionNegotiation: { mode: 'auto' } },
    );
    await client.connect(new TransportV2(endpoint, { fetch: fetchOf(face) }));
    return client;
  },
  'client 2.x, pinned to 2026-07-28': async (face: McpFace) => {
    const client = new ClientV2(
      { name: 'test', version: '1' },
      { versionNegotiation: { mode: { pin: '2026-07-28' } } },
    );
    await client.connect(new TransportV2(endpoint, { fetch: fetchOf(face) }));
    return client;
  },
};

describe.each(Object.entries(clients))('%s', (_, connect) => {
  it('lists the tools and calls one', async () => {
    const client = await connect(faceWith());
    expect((await client.listTools()).tools.map((tool) => tool.name)).toContain(
      'admin_bulk_update',
    );
    const result = await client.callTool({
      name: 'admin_retrieve',
      arguments: { app_label: 'auth', model_name: 'user', pk: 7 },
    });
    expect(result.isError).toBe(false);
    expect(result.structuredContent).toMatchObject({ input: { pk: '7' } });
    await client.close();
  });

  it("sees the admin's refusal with its facts in the text", async () => {
    const client = await connect(refusing);
    const result = await client.callTool({
      name: 'admin_create',
      arguments: { app_label: 'auth', model_name: 'user', data: {} },
    });
    expect(result.isError).toBe(true);
    const [block] = result.content as { text: string }[];
    expect(JSON.parse(block?.text ?? '')).toMatchObject({
      status: 400,
      error: { code: 'validation_failed', fields: { name: ['Required.'] } },
    });
    await client.close();
  });

  it('sees what could not be run, and never its cause', async () => {
    const face = faceWith({
      upstream: echoUpstream(() => {
        throw new GatewayError('timeout', 'Django did not answer in time.', {
          cause: new Error('secret detail'),
        });
      }),
    });
    const client = await connect(face);
    const result = await client.callTool({ name: 'admin_registry', arguments: {} });
    expect(result.isError).toBe(true);
    expect(JSON.stringify(result)).not.toContain('secret detail');
    expect(JSON.stringify(result)).toContain('timeout');
    await client.close();
  });
});
