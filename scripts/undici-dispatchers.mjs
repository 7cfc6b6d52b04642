/**
 * Stands in for undici in the bundle (scripts/build.mjs): the two dispatchers that
 * src/django/undici.ts uses, without fetch, WebSocket, cache and mocks, which are half of the
 * package. undici has no entry of its own for them; its version is pinned by the lock file,
 * and every live test of the built program runs on this.
 */
export { default as EnvHttpProxyAgent } from '../node_modules/undici/lib/dispatcher/env-http-proxy-agent.js';
export { default as Pool } from '../node_modules/undici/lib/dispatcher/pool.js';
