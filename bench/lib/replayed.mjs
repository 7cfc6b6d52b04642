/**
 * A gateway and the limit before Django's recorded answers: what a call costs, without Django's
 * noise and a hundred times as often a second.
 */
import { calls } from './calls.mjs';
import { assertAnswered, toGateway, toLimit } from './peers.mjs';
import { startGateway, startLimit, startReplay } from './programs.mjs';
import { keepRecording, record } from './recording.mjs';
import { loadInTurns } from './rounds.mjs';
import { openWire } from './wire.mjs';

const connections = 8;

/**
 * @param {object} plan
 * @param {string} plan.adminUrl of the Django that is asked once
 * @param {import('./peers.mjs').Session} plan.session
 * @param {'stock' | 'rest'} plan.upstream
 * @param {Readonly<Record<string, import('./peers.mjs').Call>>} plan.calls
 * @param {string} plan.folder for files of this run
 * @param {string} plan.toolsFile
 * @param {readonly string[]} [plan.nodeArgs]
 */
export const startReplayed = async ({ folder, toolsFile, nodeArgs = [], ...plan }) => {
  const recorded = await record(plan);
  const file = await keepRecording(folder, `replay-${plan.upstream}`, recorded);
  const replay = await startReplay(file);
  const url = `${new URL(replay.url).origin}${new URL(plan.adminUrl).pathname}`;
  const gateway = await startGateway({ url, upstream: plan.upstream, nodeArgs });
  const limit = await startLimit({ tools: toolsFile, upstream: new URL(replay.url).origin });
  const wires = {
    gateway: openWire(new URL(gateway.url).origin),
    limit: openWire(new URL(limit.url).origin),
  };
  return {
    recorded,
    gateway,
    limit,
    wires,
    stop: async () => {
      for (const wire of Object.values(wires)) await wire.close();
      await gateway.stop();
      await limit.stop();
      await replay.stop();
    },
  };
};

/** µs of CPU for each call, of the gateway and of the limit. */
export const cpuOfCalls = async (replayed, session, names, plan) => {
  const costs = {};
  for (const name of names) {
    const request = toGateway(calls[name], session);
    const forward = toLimit(calls[name], session);
    const subject = (who, wire, sent, pid) => ({
      name: who,
      pids: [pid],
      run: async () => assertAnswered(`${who}, ${name}`, await wire.send(sent)),
    });
    const measured = await loadInTurns(
      [
        subject('gateway', replayed.wires.gateway, request, replayed.gateway.pid),
        subject('limit', replayed.wires.limit, forward, replayed.limit.pid),
      ],
      { connections, ...plan },
    );
    costs[name] = {
      gateway: measured.get('gateway').cpuUs,
      limit: measured.get('limit').cpuUs,
    };
  }
  return costs;
};
