/**
 * The same call to each of those that are compared: the gateway, the Python MCP endpoint inside
 * Django, the REST endpoint without MCP. A peer turns a call into one HTTP request.
 */

/**
 * @typedef {object} Call
 * @property {string} name of the operation: `list`
 * @property {Record<string, unknown> | (() => Record<string, unknown>)} args as the gateway's tool
 *   takes them; a function where no two calls may be the same
 * @property {Record<string, unknown>} [pythonArgs] where the Python endpoint's tool wants others
 * @property {string} rest path and query under /api/v1/, of the request that does the same
 *
 * @typedef {object} Session
 * @property {string} cookie
 * @property {string} token
 *
 * @typedef {import('./wire.mjs').WireRequest} WireRequest
 */

/** @param {string} method @param {object} [params] */
export const rpc = (method, params) =>
  JSON.stringify({ jsonrpc: '2.0', id: 1, method, ...(params === undefined ? {} : { params }) });

/** @param {Session} session */
export const headersOf = ({ cookie, token }) => ({
  cookie,
  'x-csrftoken': token,
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
});

/** @param {string} path @param {Session} session @param {string} body @returns {WireRequest} */
export const post = (path, session, body) => ({
  method: 'POST',
  path,
  headers: headersOf(session),
  body,
});

/** The envelope that every request of revision 2026-07-28 carries. */
export const modernMeta = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
};

/** The same request as a client of revision 2026-07-28 sends it. */
export const modernPost = (path, session, method, params = {}) => ({
  ...post(path, session, rpc(method, { ...params, _meta: modernMeta })),
  headers: {
    ...headersOf(session),
    'mcp-protocol-version': '2026-07-28',
    'mcp-method': method,
    ...(typeof params.name === 'string' ? { 'mcp-name': params.name } : {}),
  },
});

export const gatewayPath = '/mcp/';
export const pythonPath = '/reference-mcp/';

/** @param {Call} call @param {Session} session */
export const toGateway = ({ name, args }, session) => {
  const given = typeof args === 'function' ? args() : args;
  return post(gatewayPath, session, rpc('tools/call', { name: `admin_${name}`, arguments: given }));
};

/**
 * Has the gateway answer a call, or several one after the other.
 *
 * @param {import('./wire.mjs').Wire} wire
 * @param {string} who
 * @param {Call | readonly Call[]} calls
 * @param {Session} session
 */
export const askGateway = async (wire, who, calls, session) => {
  for (const call of [calls].flat())
    assertAnswered(`${who}, ${call.name}`, await wire.send(toGateway(call, session)));
};

/** @param {Call} call @param {Session} session */
export const toPython = ({ name, args, pythonArgs = args }, session) =>
  post(pythonPath, session, rpc('tools/call', { name: `admin.${name}`, arguments: pythonArgs }));

/** @param {Call} call @param {Session} session @returns {WireRequest} */
export const toRest = ({ rest }, { cookie }) => ({
  method: 'GET',
  path: `/api/v1/${rest}`,
  headers: { cookie, accept: 'application/json' },
});

/**
 * The limit fetches the same and hands it on.
 *
 * @param {Call} call @param {Session} session
 */
export const toLimit = ({ name, rest }, session) =>
  post('/', session, rpc('tools/call', { name, arguments: { path: `/api/v1/${rest}` } }));

/**
 * Fails unless an answer is what was asked for: nothing is gained by being quick with errors.
 *
 * @param {string} who
 * @param {import('./wire.mjs').WireAnswer} answer
 */
export const assertAnswered = (who, { status, text }) => {
  const isRefused =
    status >= 400 || /"isError": ?true/.test(text) || /^\{"jsonrpc":.{0,30}"error"/.test(text);
  if (isRefused) throw new Error(`${who} answered ${status}: ${text.slice(0, 500)}`);
};
