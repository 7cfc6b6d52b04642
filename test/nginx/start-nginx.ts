import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const example = join(import.meta.dirname, '../../examples/deployment/nginx.conf');

/** How long nginx may take to listen, in milliseconds. */
const startTimeoutMs = 10_000;

export interface Ports {
  readonly public: number;
  readonly django: number;
  readonly gateways: readonly [number, number];
}

/** The example's own configuration; only its ports are others, and its files in a folder of ours. */
const configuration = (text: string, folder: string, ports: Ports): string =>
  `daemon off;\npid ${folder}/nginx.pid;\nerror_log ${folder}/error.log;\n${text}`
    .replace(
      'http {',
      `http {\n  access_log off;\n  client_body_temp_path ${folder}/body;\n  proxy_temp_path ${folder}/proxy;\n  fastcgi_temp_path ${folder}/fastcgi;\n  uwsgi_temp_path ${folder}/uwsgi;\n  scgi_temp_path ${folder}/scgi;`,
    )
    .replace('127.0.0.1:8000', `127.0.0.1:${ports.django}`)
    .replace('127.0.0.1:8808', `127.0.0.1:${ports.gateways[0]}`)
    .replace('127.0.0.1:8809', `127.0.0.1:${ports.gateways[1]}`)
    .replace('127.0.0.1:8080', `127.0.0.1:${ports.public}`);

/** Runs nginx with `examples/deployment/nginx.conf` until it is stopped. */
export const startNginx = async (ports: Ports): Promise<{ readonly stop: () => Promise<void> }> => {
  const folder = await mkdtemp(join(tmpdir(), 'nginx-'));
  await mkdir(join(folder, 'logs'));
  const file = join(folder, 'nginx.conf');
  await writeFile(file, configuration(await readFile(example, 'utf8'), folder, ports));
  const nginx = spawn('nginx', ['-p', folder, '-c', file], { stdio: 'ignore' });
  const until = Date.now() + startTimeoutMs;
  for (;;) {
    const up = await fetch(`http://127.0.0.1:${ports.public}/`, { redirect: 'manual' }).then(
      () => true,
      () => false,
    );
    if (up) break;
    if (Date.now() > until || nginx.exitCode !== null)
      throw new Error(`nginx did not start:\n${await readFile(join(folder, 'error.log'), 'utf8')}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    stop: async () => {
      nginx.kill('SIGQUIT');
      if (nginx.exitCode === null) await once(nginx, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
};
