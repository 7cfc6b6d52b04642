/**
 * What must be ended when this process ends, however it ends. Handlers exist only while
 * there is something to end, so that importing these modules changes nothing.
 */

/** @type {Set<() => void>} */
const endings = new Set();
const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

const endAll = () => {
  for (const end of [...endings]) {
    endings.delete(end);
    try {
      end();
    } catch {
      // The others are still to be ended; the tether (tether.mjs) catches what stays.
    }
  }
};

/** @param {NodeJS.Signals} signal */
const onSignal = (signal) => {
  endAll();
  uninstall();
  // A listener takes away the signal's usual effect. If we were the only one, give it
  // back; if the program has its own listener, when to exit is its decision.
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
};

const install = () => {
  process.on('exit', endAll);
  for (const signal of signals) process.on(signal, onSignal);
};

const uninstall = () => {
  process.off('exit', endAll);
  for (const signal of signals) process.off(signal, onSignal);
};

/**
 * @param {() => void} end synchronous, since nothing else runs in an exit handler
 * @returns {() => void} to be called when it has ended by itself
 */
export const endAtExit = (end) => {
  if (endings.size === 0) install();
  endings.add(end);
  return () => {
    if (endings.delete(end) && endings.size === 0) uninstall();
  };
};

/**
 * Ends a child and, where it leads a process group, its children. Only ever the pid that
 * we started, and only while Node still holds it: a reaped pid may be somebody else's.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
export const killGroup = (child, signal) => {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  // Closing its standard input ends a tethered child on Windows, where groups do not exist.
  child.stdin?.destroy();
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Not a group leader, or no groups on this platform.
    child.kill(signal);
  }
};
