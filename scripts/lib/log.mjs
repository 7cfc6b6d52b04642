/** @typedef {(message: string) => void} Log */

/** stdout may be carrying JSON-RPC. @type {Log} */
export const toStderr = (message) => {
  process.stderr.write(`${message}\n`);
};

/** @param {number} sinceMs a `performance.now()` */
export const secondsSince = (sinceMs) => `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;
