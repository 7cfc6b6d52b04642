/** HTTP requests as a client would send them, over kept connections. */
import { Pool } from 'undici';

/**
 * @typedef {object} WireRequest
 * @property {string} method
 * @property {string} path
 * @property {Record<string, string>} headers
 * @property {string | Buffer} [body]
 *
 * @typedef {object} WireAnswer
 * @property {number} status
 * @property {string} text
 */

/** @typedef {ReturnType<typeof openWire>} Wire */

/**
 * A client of one origin.
 *
 * @param {string} origin
 * @param {number} [connections]
 */
export const openWire = (origin, connections = 64) => {
  const pool = new Pool(origin, {
    connections,
    // Below the 2 s after which gunicorn closes an idle connection.
    keepAliveTimeout: 1_500,
    keepAliveMaxTimeout: 1_500,
    headersTimeout: 120_000,
    bodyTimeout: 120_000,
  });
  return {
    origin,
    /** @param {WireRequest} request @returns {Promise<WireAnswer>} */
    send: async ({ method, path, headers, body }) => {
      const answer = await pool.request({ method, path, headers, body });
      return { status: answer.statusCode, text: await answer.body.text() };
    },
    close: () => pool.destroy(),
  };
};
