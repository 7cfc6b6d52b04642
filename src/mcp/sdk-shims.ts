/**
 * Stands in for the SDK's own `_shims` in the bundle (scripts/build.mjs). The SDK's version
 * loads AJV, 150 KB, at start, to validate what a user typed into an elicitation; the other
 * validator that the SDK ships does the same in 22 KB.
 */

export { default as process } from 'node:process';
export { CfWorkerJsonSchemaValidator as DefaultJsonSchemaValidator } from '@modelcontextprotocol/server/validators/cf-worker';
