/** What Django said to some calls, kept in a file that the replay server answers from. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { askGateway } from './peers.mjs';
import { startGateway } from './programs.mjs';
import { startRecorder } from './recorder.mjs';
import { openWire } from './wire.mjs';

/**
 * Runs each call once through a gateway with a recorder behind it.
 *
 * @param {object} plan
 * @param {string} plan.adminUrl
 * @param {import('./peers.mjs').Session} plan.session
 * @param {'stock' | 'rest'} plan.upstream
 * @param {Readonly<Record<string, import('./peers.mjs').Call | readonly import('./peers.mjs').Call[]>>} plan.calls
 * @returns {Promise<Record<string, import('./recorder.mjs').Exchange[]>>} by the calls' names;
 *   `gate` are the requests that judge the session
 */
export const record = async ({ adminUrl, session, upstream, calls }) => {
  const { origin, pathname } = new URL(adminUrl);
  const recorder = await startRecorder(origin);
  const gateway = await startGateway({ url: `${recorder.url}${pathname}`, upstream });
  const wire = openWire(new URL(gateway.url).origin);
  const run = (call) => askGateway(wire, upstream, call, session);
  try {
    /** @type {Record<string, import('./recorder.mjs').Exchange[]>} */
    const recorded = {};
    for (const [name, call] of Object.entries(calls)) {
      // The first time a gateway may read what it remembers from then on.
      const first = await recorder.during(() => run(call));
      recorded.gate ??= first.filter(isProbe);
      const again = await recorder.during(() => run(call));
      recorded[name] = again.filter((exchange) => !isProbe(exchange));
      recorded[`${name}, first`] = first.filter((exchange) => !isProbe(exchange));
    }
    return recorded;
  } finally {
    await wire.close();
    await gateway.stop();
    recorder.stop();
  }
};

/** Of the gate: a POST to a page that only takes GET. */
const isProbe = ({ method, path }) => method === 'POST' && path.endsWith('/jsi18n/');

/** @returns {Promise<string>} the file's path */
export const keepRecording = async (folder, name, recorded) => {
  const file = join(folder, `${name}.json`);
  await writeFile(file, JSON.stringify(Object.values(recorded).flat()));
  return file;
};
