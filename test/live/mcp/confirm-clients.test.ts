import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import {
  Client as ClientV2,
  StreamableHTTPClientTransport as HttpV2,
} from '@modelcontextprotocol/client';
import { StdioClientTransport as StdioV2 } from '@modelcontextprotocol/client/stdio';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as StdioV1 } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport as HttpV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSettings } from '../../../src/config/load.ts';
import type { Settings } from '../../../src/config/options.ts';
import { gatewayOf } from '../../../src/gateway.ts';
import { listen } from '../../../src/http/listen.ts';
import { silentLog } from '../../../src/log.ts';
import { prefix, program } from '../support/built.ts';
import {
  type LiveShop,
  password,
  startLive,
  stopLive,
  type UserName,
} from '../support/live-shop.ts';
import { type SessionHeaders, sessionHeadersOf } from '../support/session.ts';

let live: LiveShop;
let folder: string;
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  live = await startLive('5.2', { extras: ['rest-api'], env: { SHOP_REST_API: '1' } });
  folder = await mkdtemp(join(tmpdir(), 'confirm-'));
});

afterAll(async () => {
  for (const close of closing.reverse()) await close();
  await stopLive(live);
  await rm(folder, { recursive: true, force: true });
});

type Headers = SessionHeaders;

const sessionOf = (user: UserName): Promise<Headers> => sessionHeadersOf(live, user);

/** A gateway of its own at a port of its own; what the settings may not be is said past them. */
const serve = async (file: Partial<Settings> = {}, beyond: Partial<Settings> = {}) => {
  const settings = loadSettings({ file: { ADMIN_SITE: live.shop.adminUrl, ...file } });
  const gateway = gatewayOf({ ...settings, ...beyond }, silentLog);
  const server = await listen(gateway.fetch, { HOST: '127.0.0.1', PORT: 0 });
  closing.push(async () => {
    await server.close();
    await gateway.close();
  });
  return new URL('mcp/', server.url);
};

type Said = {
  readonly action: 'accept' | 'decline' | 'cancel';
  readonly content?: Record<string, boolean>;
};

const yes: Said = { action: 'accept', content: { confirm: true } };

/** Somebody at a client: what they say next, and what they were asked. */
const createPerson = () => {
  const asked: string[] = [];
  const person = {
    asked,
    says: yes,
    thinksMs: 0,
    answer: async ({ message }: { readonly message: string }) => {
      asked.push(message);
      await setTimeout(person.thinksMs);
      return person.says;
    },
  };
  return person;
};

type Person = ReturnType<typeof createPerson>;
type AnyClient = Pick<ClientV2, 'callTool' | 'close'>;
type Connect = (where: Where, person: Person | undefined) => Promise<AnyClient>;
type Where =
  | { readonly stdio: Record<string, string> }
  | { readonly url: URL; readonly headers: Headers; readonly fetch?: typeof fetch };

const info = { name: 'test', version: '1' };
const stdioOf = (env: Record<string, string>) => ({
  command: process.execPath,
  args: [program, 'stdio', '--log-level', 'silent'],
  env,
});

const v1: Connect = async (where, person) => {
  const client = new ClientV1(info, {
    capabilities: person === undefined ? {} : { elicitation: {} },
  });
  if (person !== undefined)
    client.setRequestHandler(ElicitRequestSchema, ({ params }) => person.answer(params));
  await client.connect(
    'stdio' in where
      ? new StdioV1(stdioOf(where.stdio))
      : (new HttpV1(where.url, { requestInit: { headers: { ...where.headers } } }) as never),
  );
  return client as unknown as AnyClient;
};

const v2 =
  (mode: 'legacy' | 'auto' | { readonly pin: '2026-07-28' }): Connect =>
  async (where, person) => {
    const client = new ClientV2(info, {
      versionNegotiation: { mode },
      capabilities: person === undefined ? {} : { elicitation: { form: {} } },
    });
    if (person !== undefined)
      client.setRequestHandler('elicitation/create', ({ params }) => person.answer(params));
    await client.connect(
      'stdio' in where
        ? new StdioV2(stdioOf(where.stdio))
        : new HttpV2(where.url, {
            requestInit: { headers: { ...where.headers } },
            ...(where.fetch === undefined ? {} : { fetch: where.fetch }),
          }),
    );
    return client;
  };

const clients: Readonly<Record<string, Connect>> = {
  'SDK 1.x': v1,
  'client 2.x legacy': v2('legacy'),
  'client 2.x auto': v2('auto'),
  'client 2.x pinned': v2({ pin: '2026-07-28' }),
};

const connectorOf = (name: string): Connect => clients[name] ?? v2('auto');

let made = 0;
/** A tag that nothing else needs. */
const freshTag = async () => {
  made += 1;
  const values = { name: `Fresh ${made}`, slug: `fresh-${made}` };
  const { pk } = await live.inspector.ask({ create: { model: 'catalog.tag', values } });
  return { app_label: 'catalog', model_name: 'tag', pk: String(pk) };
};

type Tag = Awaited<ReturnType<typeof freshTag>>;

const isThere = async ({ pk }: Tag): Promise<boolean> =>
  (await live.inspector.ask({ count: 'catalog.tag', filter: { pk } }))['count'] === 1;

const digest = async () => {
  const { digest: found } = (await live.inspector.ask({ digest: true })) as {
    digest: Record<string, unknown>;
  };
  // A login of its own changes the user who logs in.
  const { 'auth.user': _, ...rest } = found;
  return rest;
};

const destroy = async (client: AnyClient, given: object) => {
  const result = await client.callTool({ name: 'admin_destroy', arguments: { ...given } });
  const [block] = result.content as { text: string }[];
  const body = result.structuredContent ?? JSON.parse(block?.text ?? 'null');
  return { isError: result.isError === true, body: body as Record<string, unknown> };
};

const codeIn = ({ body }: Awaited<ReturnType<typeof destroy>>): unknown =>
  (body['error'] as { code?: unknown } | undefined)?.code;

/** Calls that must change nothing: what the tool said to them. */
const unchanged = async (call: () => ReturnType<typeof destroy>): Promise<unknown> => {
  const before = await digest();
  const result = await call();
  expect(await digest()).toEqual(before);
  expect(result.isError).toBe(true);
  return codeIn(result);
};

/** Everything that somebody at a client can say. */
const conversation = async (client: AnyClient, person: Person): Promise<void> => {
  const tag = await freshTag();
  for (const [says, code] of [
    [{ action: 'decline' }, 'declined'],
    [{ action: 'cancel' }, 'cancelled'],
    [{ action: 'accept', content: { confirm: false } }, 'declined'],
  ] as const) {
    person.says = says;
    expect(await unchanged(() => destroy(client, tag))).toBe(code);
  }
  person.says = yes;
  const done = await destroy(client, tag);
  expect(done).toMatchObject({ isError: false, body: { deleted: true } });
  expect(await isThere(tag)).toBe(false);
  expect(person.asked).toHaveLength(4);
  expect(person.asked[0]).toContain(`Delete catalog.tag "Fresh ${made}" (key "${tag.pk}")?`);
};

/** What a client does that can ask nobody. */
const twoSteps = async (client: AnyClient): Promise<void> => {
  const tag = await freshTag();
  let token = '';
  const first = await unchanged(async () => {
    const result = await destroy(client, tag);
    token = String(result.body['confirm_token']);
    return result;
  });
  expect(first).toBe('confirmation_required');
  expect(await unchanged(() => destroy(client, { ...tag, confirm_token: `${token}x` }))).toBe(
    'not_confirmed',
  );
  const done = await destroy(client, { ...tag, confirm_token: token });
  expect(done).toMatchObject({ isError: false, body: { deleted: true } });
  expect(await isThere(tag)).toBe(false);
};

const environment = (upstream: string, more: Record<string, string> = {}) => ({
  PATH: process.env['PATH'] ?? '',
  [`${prefix}ADMIN_SITE`]: live.shop.adminUrl,
  [`${prefix}USERNAME`]: 'admin',
  [`${prefix}PASSWORD`]: password,
  [`${prefix}SESSION_DIR`]: join(folder, 'sessions'),
  [`${prefix}UPSTREAM`]: upstream,
  ...more,
});

describe('over stdio', () => {
  it.each(Object.keys(clients))('%s asks the person, who has the last word', async (name) => {
    const person = createPerson();
    const client = await connectorOf(name)({ stdio: environment('stock') }, person);
    await conversation(client, person);
    await client.close();
  });

  it.each(['SDK 1.x', 'client 2.x auto'])(
    '%s that can ask nobody takes two steps',
    async (name) => {
      const client = await connectorOf(name)({ stdio: environment('stock') }, undefined);
      await twoSteps(client);
      await client.close();
    },
  );

  it('upstream rest asks as stock does', async () => {
    const person = createPerson();
    const client = await v2('auto')({ stdio: environment('rest') }, person);
    await conversation(client, person);
    await client.close();
  });

  it('a restart without a key ends open questions, one with a key does not', async () => {
    const tag = await freshTag();
    const ask = async (more: Record<string, string>, given: object) => {
      const client = await v1({ stdio: environment('stock', more) }, undefined);
      const result = await destroy(client, given);
      await client.close();
      return result;
    };
    const first = await ask({}, tag);
    const confirm_token = first.body['confirm_token'];
    expect(await unchanged(() => ask({}, { ...tag, confirm_token }))).toBe('not_confirmed');

    const key = { [`${prefix}SIGNING_KEY`]: 'of thirty-two characters or more' };
    const kept = (await ask(key, tag)).body['confirm_token'];
    const done = await ask(key, { ...tag, confirm_token: kept });
    expect(done.body).toMatchObject({ deleted: true });
  });

  it.each(['SDK 1.x', 'client 2.x legacy'])(
    '%s that never answers is told that the question was closed, and what to do next',
    async (name) => {
      const person = createPerson();
      person.thinksMs = 60_000;
      const env = environment('stock', { [`${prefix}CONFIRM_SECONDS`]: '10' });
      const client = await connectorOf(name)({ stdio: env }, person);
      const tag = await freshTag();
      const result = await destroy(client, tag);
      expect(result).toMatchObject({
        isError: true,
        body: {
          status: 403,
          error: { code: 'cancelled', hint: 'Ask the user how to go on.' },
        },
      });
      expect(await isThere(tag)).toBe(true);
      await client.close();
    },
  );

  it('a client of 2025 that fails to ask is told the same', async () => {
    const person: Person = {
      ...createPerson(),
      answer: () => Promise.reject(new Error('no window')),
    };
    const client = await v1({ stdio: environment('stock') }, person);
    const tag = await freshTag();
    expect(await unchanged(() => destroy(client, tag))).toBe('cancelled');
    expect(await isThere(tag)).toBe(true);
    await client.close();
  });
});

describe('over HTTP', () => {
  let url: URL;
  let headers: Headers;

  beforeAll(async () => {
    url = await serve();
    headers = await sessionOf('admin');
  });

  it.each(['client 2.x auto', 'client 2.x pinned'])('%s asks the person', async (name) => {
    const person = createPerson();
    const client = await connectorOf(name)({ url, headers }, person);
    await conversation(client, person);
    await client.close();
  });

  it.each(['SDK 1.x', 'client 2.x legacy'])(
    '%s takes two steps, whatever it can ask, and never hangs',
    async (name) => {
      const person = createPerson();
      const client = await connectorOf(name)({ url, headers }, person);
      await twoSteps(client);
      expect(person.asked).toEqual([]);
      await client.close();
    },
  );

  it('client 2.x auto that can ask nobody takes two steps', async () => {
    const client = await v2('auto')({ url, headers }, undefined);
    await twoSteps(client);
    await client.close();
  });

  it('upstream rest asks as stock does', async () => {
    const person = createPerson();
    const rest = await serve({ UPSTREAM: 'rest' });
    const client = await v2('auto')({ url: rest, headers }, person);
    await conversation(client, person);
    await client.close();
  });

  describe("a person's answer", () => {
    /** The request that carries the answer, as it is sent instead. */
    interface Answering {
      readonly to: string;
      readonly headers: Record<string, string>;
      readonly body: { params: { requestState: string; arguments: Record<string, unknown> } };
    }

    /** A client whose answering request is another one on its way. */
    const meddling = async (
      meddle: (request: Answering) => Partial<Answering>,
      at: URL = url,
      person = createPerson(),
    ) => {
      const sent: (() => Promise<Response>)[] = [];
      const through: typeof fetch = (input, init) => {
        const body = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined;
        if (body?.params?.requestState === undefined) return fetch(input, init);
        const request = {
          to: String(input),
          headers: Object.fromEntries(new Headers(init?.headers)),
          body,
        };
        const other = { ...request, ...meddle(request) };
        const send = () =>
          fetch(other.to, { ...init, headers: other.headers, body: JSON.stringify(other.body) });
        sent.push(send);
        return send();
      };
      const client = await v2({ pin: '2026-07-28' })({ url: at, headers, fetch: through }, person);
      return { client, sent };
    };

    const refusedWhen = async (
      meddle: Parameters<typeof meddling>[0],
      at?: URL,
      person?: Person,
    ): Promise<unknown> => {
      const tag = await freshTag();
      const { client, sent } = await meddling(meddle, at, person);
      const code = await unchanged(() => destroy(client, tag));
      expect(sent).toHaveLength(1);
      await client.close();
      return code;
    };

    it('counts for nothing when the question it answers was tampered with', async () => {
      const code = await refusedWhen(({ body }) => {
        const { params } = body;
        const requestState = params.requestState.replace(/\.(.)/, (_, first) =>
          first === 'A' ? '.B' : '.A',
        );
        return { body: { ...body, params: { ...params, requestState } } };
      });
      expect(code).toBe('not_confirmed');
    });

    it('counts for no other object', async () => {
      const other = await freshTag();
      const code = await refusedWhen(({ body }) => ({
        body: { ...body, params: { ...body.params, arguments: { ...other } } },
      }));
      expect(code).toBe('not_confirmed');
    });

    it('counts for nobody else', async () => {
      const clerk = await sessionOf('clerk');
      const code = await refusedWhen((request) => ({ headers: { ...request.headers, ...clerk } }));
      expect(code).toBe('not_confirmed');
    });

    it('counts for no other session of the same user', async () => {
      const again = await sessionOf('admin');
      const code = await refusedWhen((request) => ({ headers: { ...request.headers, ...again } }));
      expect(code).toBe('not_confirmed');
    });

    it('comes too late after CONFIRM_SECONDS', async () => {
      const person = createPerson();
      person.thinksMs = 2_100;
      const hasty = await serve({}, { CONFIRM_SECONDS: 1 });
      expect(await refusedWhen(() => ({}), hasty, person)).toBe('not_confirmed');
    });

    it('counts once', async () => {
      const tag = await freshTag();
      const { client, sent } = await meddling(() => ({}));
      expect((await destroy(client, tag)).body).toMatchObject({ deleted: true });
      const before = await digest();
      const replayed = await sent[0]?.();
      expect(await replayed?.text()).toContain('"status\\":404');
      expect(await digest()).toEqual(before);
      await client.close();
    });

    it('counts for the object as it was', async () => {
      const tag = await freshTag();
      const person = createPerson();
      const changing: Person = {
        ...person,
        answer: async (question) => {
          const { pk } = tag;
          const values = { slug: 'changed-while-somebody-thought' };
          await live.inspector.ask({ set: { model: 'catalog.tag', filter: { pk }, values } });
          return person.answer(question);
        },
      };
      const { client } = await meddling(() => ({}), url, changing);
      expect(codeIn(await destroy(client, tag))).toBe('conflict');
      expect(await isThere(tag)).toBe(true);
      await client.close();
    });

    it('counts at a replica with the same key, and at no other gateway', async () => {
      const SIGNING_KEY = 'what two replicas of a gateway share';
      const [one, two] = [await serve({ SIGNING_KEY }), await serve({ SIGNING_KEY })];
      expect(await refusedWhen(() => ({ to: url.href }), one)).toBe('not_confirmed');

      const tag = await freshTag();
      const { client } = await meddling(() => ({ to: two.href }), one);
      expect((await destroy(client, tag)).body).toMatchObject({ deleted: true });
      await client.close();
    });
  });

  it('CONFIRM=always refuses a client that can ask nobody', async () => {
    const strict = await serve({ CONFIRM: 'always' });
    const client = await v1({ url: strict, headers }, undefined);
    const tag = await freshTag();
    expect(await unchanged(() => destroy(client, tag))).toBe('no_person');
    await client.close();
  });

  it('CONFIRM=never asks nobody', async () => {
    const lax = await serve({ CONFIRM: 'never' });
    const person = createPerson();
    const client = await v2('auto')({ url: lax, headers }, person);
    expect((await destroy(client, await freshTag())).body).toMatchObject({ deleted: true });
    expect(person.asked).toEqual([]);
    await client.close();
  });
});
