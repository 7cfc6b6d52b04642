import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import {
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  LOG_LEVEL_META_KEY,
  PROTOCOL_VERSION_META_KEY,
  SERVER_INFO_META_KEY,
} from '@modelcontextprotocol/server';
import { describe, expect, it } from 'vitest';
import { metaKeys } from '../../../src/mcp/envelope.ts';
import type { McpFace } from '../../../src/mcp/face.ts';
import { protocolVersions } from '../../../src/mcp/listing.ts';
import { openConnection } from '../../../src/mcp/opening.ts';
import { runStdio } from '../../../src/mcp/stdio.ts';
import { faceWith, nobody } from '../../support/plain-upstream.ts';

type Message = Readonly<Record<string, unknown>>;

const ask = (id: number | string, method: string, params?: object): Message => ({
  jsonrpc: '2.0',
  id,
  method,
  ...(params === undefined ? {} : { params }),
});

const initialize = (protocolVersion: string, more: object = {}): Message =>
  ask(1, 'initialize', {
    protocolVersion,
    capabilities: { roots: { listChanged: true }, elicitation: {} },
    clientInfo: { name: 'test', version: '1', title: 'Test' },
    ...more,
  });

const initialized: Message = { jsonrpc: '2.0', method: 'notifications/initialized' };

const modern = (id: number, method: string, meta: object = {}, params: object = {}): Message =>
  ask(id, method, {
    ...params,
    _meta: {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientCapabilities': { elicitation: {} },
      'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
      ...meta,
    },
  });

const call = (id: number) => ask(id, 'tools/call', { name: 'admin_registry' });

/** Lines as they are read back, in the order of their ids: parallel answers have no order. */
const linesOf = async (output: PassThrough): Promise<Message[]> => {
  let text = '';
  for await (const chunk of output) text += chunk;
  const lines = text.split('\n').filter(Boolean);
  return lines
    .map((line) => JSON.parse(line) as Message)
    .sort((a, b) => String(a['id']).localeCompare(String(b['id'])));
};

const untilQuiet = async (output: PassThrough, count: number): Promise<void> => {
  let seen = 0;
  await new Promise<void>((resolve) => {
    output.on('data', (chunk: Buffer) => {
      seen += String(chunk).split('\n').length - 1;
      if (seen >= count) resolve();
    });
  });
};

const write = (stream: PassThrough, messages: readonly Message[]): void => {
  for (const message of messages) stream.write(`${JSON.stringify(message)}\n`);
};

/** What comes back on a connection that the SDK alone serves. */
const bySdk = async (face: McpFace, messages: readonly Message[], count: number) => {
  const [input, output, copy] = [new PassThrough(), new PassThrough(), new PassThrough()];
  output.pipe(copy);
  const answers = linesOf(copy);
  const quiet = untilQuiet(output, count);
  runStdio(
    face,
    { input, answered: new Set() },
    output,
    async () => nobody,
    () => undefined,
  );
  write(input, messages);
  await quiet;
  output.end();
  return answers;
};

/** The same with first answers, and how many of them there were before the SDK was needed. */
const byUs = async (face: McpFace, messages: readonly Message[], count: number) => {
  const [input, output, copy] = [new PassThrough(), new PassThrough(), new PassThrough()];
  output.pipe(copy);
  const answers = linesOf(copy);
  const quiet = untilQuiet(output, count);
  let early = 0;
  output.on('data', (chunk: Buffer) => {
    early += String(chunk).split('\n').length - 1;
  });
  const opening = openConnection(face, input, output);
  write(input, messages);
  await opening.needed;
  const before = early;
  runStdio(
    face,
    opening.handOver(),
    output,
    async () => nobody,
    () => undefined,
  );
  await quiet;
  output.end();
  return { answers: await answers, before };
};

const faces: readonly (readonly [string, McpFace])[] = [
  ['as it comes', faceWith()],
  ['with dotted names', faceWith({ toolNames: 'dotted', serverName: 'shop "x"' })],
  ['that only reads', faceWith({ readOnly: true })],
  ['without some tools', faceWith({ disabled: new Set(['registry', 'retrieve', 'list']) })],
  ['of an older revision', faceWith({ protocolVersion: '2025-06-18' })],
];

const legacy = (version: string): readonly Message[] => [
  initialize(version),
  initialized,
  ask(2, 'tools/list'),
  ask(3, 'tools/list', {}),
];

describe.each(faces)('the first answers of a gateway %s', (_, face) => {
  it.each([...protocolVersions, '2030-01-01'])(
    'are those of the SDK to a client that asks for %s',
    async (version) => {
      const messages = [...legacy(version), ask(4, 'prompts/list')];
      const { answers, before } = await byUs(face, messages, 4);
      expect(answers).toEqual(await bySdk(face, messages, 4));
      expect(before).toBeGreaterThanOrEqual(2);
    },
  );

  it('are those of the SDK since 2026-07-28', async () => {
    const messages = [
      modern(1, 'server/discover'),
      modern(2, 'tools/list'),
      modern(3, 'prompts/list'),
    ];
    const { answers, before } = await byUs(face, messages, 3);
    expect(answers).toEqual(await bySdk(face, messages, 3));
    expect(before).toBe(face.protocolVersion === null ? 2 : 0);
  });

  it('are those of the SDK to a client that says nothing of itself', async () => {
    const messages = [ask(1, 'tools/list'), ask(2, 'ping')];
    const { answers } = await byUs(face, messages, 2);
    expect(answers).toEqual(await bySdk(face, messages, 2));
  });
});

describe('the rest of a connection', () => {
  const face = faceWith();

  it('goes on where the first answers ended', async () => {
    const messages = [...legacy('2025-06-18'), call(4), call(5)];
    const { answers } = await byUs(face, messages, 5);
    expect(answers).toEqual(await bySdk(face, messages, 5));
  });

  it.each([
    ['a handshake with something more in it', [initialize('2025-06-18', { extra: 1 })]],
    ['a client without a version', [initialize('2025-06-18', { clientInfo: { name: 'x' } })]],
    ['capabilities that are none', [initialize('2025-06-18', { capabilities: 1 })]],
    ['a list with a cursor', [initialize('2025-06-18'), ask(2, 'tools/list', { cursor: 'x' })]],
    ['a second handshake', [initialize('2025-06-18'), initialize('2024-11-05')]],
    ['an envelope that is none', [modern(1, 'tools/list', { [metaKeys.capabilities]: 1 })]],
    ['another revision', [modern(1, 'tools/list', { [metaKeys.version]: '1999-01-01' })]],
    ['a method that nobody knows', [ask(1, 'tools/run')]],
  ] as const)('is judged by the SDK: %s', async (_, messages) => {
    const { answers } = await byUs(face, messages, messages.length);
    expect(answers).toEqual(await bySdk(face, messages, messages.length));
  });

  it('loses nothing of a message that arrives in pieces, or of what is no JSON', async () => {
    const [input, output, copy] = [new PassThrough(), new PassThrough(), new PassThrough()];
    output.pipe(copy);
    const answers = linesOf(copy);
    const opening = openConnection(face, input, output);
    const text = [...legacy('2025-11-25'), call(4)].map((each) => JSON.stringify(each)).join('\n');
    // In the middle of a character of two bytes as well.
    const bytes = Buffer.from(`not json é\n${text}\n`);
    const cut = [11, 12, 40, bytes.length - 5];
    for (const [index, at] of cut.entries()) {
      input.write(bytes.subarray(cut[index - 1] ?? 0, at));
      await new Promise(setImmediate);
    }
    await opening.needed;
    const quiet = untilQuiet(output, 1);
    runStdio(
      face,
      opening.handOver(),
      output,
      async () => nobody,
      () => undefined,
    );
    input.write(bytes.subarray(cut.at(-1)));
    await quiet;
    output.end();
    expect((await answers).map(({ id }) => id)).toEqual([1, 2, 3, 4]);
  });

  it('needs nothing more when the client hangs up', async () => {
    const input = new PassThrough();
    const opening = openConnection(face, input, new PassThrough());
    input.end();
    await opening.needed;
    const { input: left } = opening.handOver();
    left.resume();
    await once(left, 'end');
  });

  it('keeps the seed shape for the SDK', async () => {
    const seed = faceWith({ resultShape: 'seed' });
    const messages = legacy('2024-11-05');
    const { answers, before } = await byUs(seed, messages, 3);
    expect(answers).toEqual(await bySdk(seed, messages, 3));
    expect(before).toBe(0);
  });
});

describe('the names of the envelope', () => {
  it('are those that the SDK exports', () => {
    expect(metaKeys).toEqual({
      version: PROTOCOL_VERSION_META_KEY,
      capabilities: CLIENT_CAPABILITIES_META_KEY,
      client: CLIENT_INFO_META_KEY,
      logLevel: LOG_LEVEL_META_KEY,
      server: SERVER_INFO_META_KEY,
    });
  });
});
