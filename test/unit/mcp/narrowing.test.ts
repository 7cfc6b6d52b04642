import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { describe, expect, it } from 'vitest';
import { standingRules } from '../../../src/layers/policy/rules.ts';
import { withPolicy } from '../../../src/layers/policy.ts';
import type { McpFace } from '../../../src/mcp/face.ts';
import { createMcpServing } from '../../../src/mcp/http.ts';
import { operationNames } from '../../../src/operations/facts.ts';
import { writingOperations } from '../../../src/operations/read-only.ts';
import type { Narrowing } from '../../../src/operations/upstream.ts';
import { calls } from '../../support/calls.ts';
import { echoUpstream, faceWith, nobody } from '../../support/plain-upstream.ts';

const endpoint = new URL('http://127.0.0.1/mcp/');

const open = {
  READ_ONLY: false,
  MODELS: [],
  EXCLUDE_MODELS: [],
  EXCLUDE_FIELDS: [],
  MAX_ROWS: 1000,
};

const governed = (): McpFace =>
  faceWith({ upstream: withPolicy(standingRules(open, new Set()), echoUpstream()) });

/** A client whose every request is narrowed, as a header narrows it. */
const connect = async (mode: 'legacy' | { pin: string }, narrowing: Narrowing) => {
  const serve = createMcpServing(governed(), () => undefined);
  const answers: string[] = [];
  const fetch = async (url: string | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(url, init);
    if (request.method !== 'POST') return new Response(null, { status: 405 });
    const body = JSON.parse(await request.clone().text());
    const response = await serve(request, body, nobody, narrowing);
    answers.push(await response.clone().text());
    return response;
  };
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
  await client.connect(new StreamableHTTPClientTransport(endpoint, { fetch }));
  return { client, answers };
};

describe.each([
  ['the 2025 revisions', 'legacy' as const],
  ['2026-07-28', { pin: '2026-07-28' }],
])('a narrowed request of %s', (_, mode) => {
  it('sees and calls only what it left itself', async () => {
    const narrowing = { readOnly: true, disabledTools: ['admin.history'] };
    const { client, answers } = await connect(mode, narrowing);
    const { tools } = await client.listTools();
    const left = operationNames.filter(
      (name) => name !== 'history' && !writingOperations.has(name),
    );
    expect(tools.map(({ name }) => name)).toEqual(left.map((name) => `admin_${name}`));
    if (mode !== 'legacy')
      expect(JSON.parse(answers.at(-1) ?? '')).toMatchObject({
        result: { cacheScope: 'private', ttlMs: 0 },
      });
    for (const name of writingOperations) {
      const result = await client.callTool({
        name: `admin_${name}`,
        arguments: { ...calls[name] },
      });
      expect([name, result.isError, JSON.stringify(result.content)]).toEqual([
        name,
        true,
        expect.stringContaining('read-only'),
      ]);
    }
    await expect(
      client.callTool({ name: 'admin_history', arguments: { ...calls.history } }),
    ).rejects.toThrow('disabled');
    const read = await client.callTool({ name: 'admin_list', arguments: { ...calls.list } });
    expect(read.isError).toBe(false);
    await client.close();
  });

  it('leaves the next one as it was', async () => {
    const { client } = await connect(mode, {});
    expect((await client.listTools()).tools).toHaveLength(operationNames.length);
    await client.close();
  });
});
