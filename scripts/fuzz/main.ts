import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSettings } from '../../src/config/load.ts';
import { gatewayOf } from '../../src/gateway.ts';
import { listen } from '../../src/http/listen.ts';
import { silentLog } from '../../src/log.ts';
import { startShop } from '../lib/shop.mjs';

const password = 'shop-demo-pass';

/** What schemathesis holds every answer against. */
const checks = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
];

/** One run: over which upstream, as whom, and at which object where it is always the same. */
interface Target {
  readonly title: string;
  readonly upstream: 'stock' | 'rest';
  readonly user: 'admin' | 'clerk';
  readonly object?: Readonly<Record<'app_label' | 'model_name' | 'pk', string>>;
}

const tag = { app_label: 'catalog', model_name: 'tag', pk: '1' };

/** Made-up addresses, which are mostly refused, and one real object, which is mostly not. */
export const targets: readonly Target[] = (['stock', 'rest'] as const).flatMap((upstream) => [
  // The clerk may change much and delete some, and cannot lock itself out.
  { title: `Made-up addresses over ${upstream}`, upstream, user: 'clerk' },
  { title: `One tag over ${upstream}`, upstream, user: 'admin', object: tag },
]);

/** schemathesis takes fixed parameters from a file alone. */
const configuration = ({ object }: Target): string =>
  [
    '[parameters]',
    ...Object.entries(object ?? {}).map(([name, value]) => `"path.${name}" = "${value}"`),
  ].join('\n');

/**
 * Runs schemathesis against the REST face of a gateway in front of a shop of its own.
 *
 * @param program the `schemathesis` of its virtualenv
 * @returns its exit code
 */
export const fuzz = async (program: string, target: Target, examples: number): Promise<number> => {
  const { upstream, user } = target;
  const isRest = upstream === 'rest';
  const folder = await mkdtemp(join(tmpdir(), 'fuzz-'));
  const config = join(folder, 'schemathesis.toml');
  await writeFile(config, configuration(target));
  const shop = await startShop({
    django: '5.2',
    log: () => undefined,
    ...(isRest ? { extras: ['rest-api'] } : {}),
    env: { SHOP_REST_API: isRest ? '1' : '0' },
  });
  const settings = loadSettings({
    file: {
      ADMIN_SITE: shop.adminUrl,
      UPSTREAM: upstream,
      PORT: 0,
      BASIC_AUTH: true,
      RATE_PER_MINUTE: 0,
    },
  });
  const gateway = gatewayOf(settings, silentLog);
  const server = await listen(gateway.fetch, settings);
  try {
    const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    const child = spawn(
      program,
      [
        '--config-file',
        config,
        'run',
        `${server.url}api/v1/schema/`,
        '--url',
        `${server.url}api/v1`,
        '--header',
        `Authorization: ${authorization}`,
        '--checks',
        checks.join(','),
        '--max-examples',
        String(examples),
        '--workers',
        '2',
        '--request-timeout',
        '30',
        '--no-color',
        '--exclude-path',
        '/login/',
        '--exclude-path',
        '/logout/',
        // The one object has to stay for the others.
        ...(target.object === undefined ? [] : ['--exclude-operation-id', 'destroy']),
      ],
      { stdio: 'inherit' },
    );
    const [code] = await once(child, 'exit');
    return (code as number | null) ?? 1;
  } finally {
    await server.close();
    await gateway.close();
    await shop.stop();
    await rm(folder, { recursive: true, force: true });
  }
};
