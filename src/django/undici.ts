/**
 * What we use of undici, to be imported on first use. A module of our own, because the
 * bundler gives a dynamically imported CommonJS package a default export only.
 */
export { EnvHttpProxyAgent, Pool } from 'undici';
