/** Measuring side by side: every subject in every round, in another order each time. */
import { cpuMs } from './process-cost.mjs';

/**
 * @typedef {object} Subject
 * @property {string} name
 * @property {() => Promise<unknown>} run one call, or whatever is timed
 * @property {readonly number[]} [pids] the processes whose CPU it uses
 * @property {number} [connections] calls under way at once, where it is not as many for all
 * @property {number} [warmUp] calls before anything is measured, where fewer will do
 *
 * @typedef {object} Measured
 * @property {number[]} ms of every call
 * @property {number} cpuMs of all calls together
 * @property {number} calls
 */

/** @template T @param {readonly T[]} items @param {number} by @returns {T[]} */
const rotated = (items, by) => [
  ...items.slice(by % items.length),
  ...items.slice(0, by % items.length),
];

/**
 * One call after the other, in blocks: while a block runs nobody else works, so that CPU time
 * can be told apart.
 *
 * @param {readonly Subject[]} subjects
 * @param {{ rounds: number, block: number, warmUp?: number }} plan
 * @returns {Promise<Map<string, Measured>>}
 */
export const inTurns = async (subjects, { rounds, block, warmUp = 2 }) => {
  const results = new Map(subjects.map(({ name }) => [name, { ms: [], cpuMs: 0, calls: 0 }]));
  for (const { run } of subjects) for (let i = 0; i < warmUp; i += 1) await run();
  for (let round = 0; round < rounds; round += 1)
    for (const { name, run, pids = [] } of rotated(subjects, round)) {
      const result = results.get(name);
      const before = cpuMs(pids);
      for (let i = 0; i < block; i += 1) {
        const started = performance.now();
        await run();
        result.ms.push(performance.now() - started);
      }
      result.cpuMs += cpuMs(pids) - before;
      result.calls += block;
    }
  return results;
};

/**
 * As many calls as fit into a time, a number of them always under way.
 *
 * @param {Subject} subject
 * @param {{ connections: number, seconds: number }} plan
 * @returns {Promise<Measured & { seconds: number }>}
 */
export const underLoad = async ({ run, pids = [] }, { connections, seconds }) => {
  const ms = [];
  const before = cpuMs(pids);
  const started = performance.now();
  const end = started + seconds * 1000;
  const worker = async () => {
    while (performance.now() < end) {
      const from = performance.now();
      await run();
      ms.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  const taken = (performance.now() - started) / 1000;
  return { ms, cpuMs: cpuMs(pids) - before, calls: ms.length, seconds: taken };
};

/** A number of calls, some of them always under way. */
export const repeat = async (run, { connections, calls }) => {
  let left = calls;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await run();
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
};

/**
 * The same for several, in turns.
 *
 * @param {readonly Subject[]} subjects
 * @param {{ connections: number, seconds: number, rounds: number, warmUp?: number }} plan
 *   `warmUp` counts calls: V8 needs some thousands to compile what runs in each
 * @returns {Promise<Map<string, { perSecond: number[], cpuUs: number[] }>>} calls a second, and
 *   µs of CPU a call, of every round
 */
export const loadInTurns = async (subjects, { connections, seconds, rounds, warmUp = 50 }) => {
  const results = new Map(subjects.map(({ name }) => [name, { perSecond: [], cpuUs: [] }]));
  for (const { run, connections: own = connections, warmUp: calls = warmUp } of subjects)
    await repeat(run, { connections: own, calls });
  for (let round = 0; round < rounds; round += 1)
    for (const subject of rotated(subjects, round)) {
      const result = results.get(subject.name);
      const own = subject.connections ?? connections;
      const measured = await underLoad(subject, { connections: own, seconds });
      result.perSecond.push(measured.calls / measured.seconds);
      result.cpuUs.push((measured.cpuMs * 1000) / measured.calls);
    }
  return results;
};
