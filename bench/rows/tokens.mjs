/** What a model has to read: the answers of the gateway, of the Python endpoint, the pages. */
import { calls, list25 } from '../lib/calls.mjs';
import { post, pythonPath, rpc, toGateway, toPython } from '../lib/peers.mjs';
import { rowOf } from '../lib/row.mjs';
import { tokensIn } from '../lib/tokens.mjs';

const missing = {
  name: 'retrieve',
  args: { app_label: 'catalog', model_name: 'product', pk: '999999' },
};

/** Each answer, and the admin's page with the same on it. */
const answers = {
  'registry, 31 models': { call: calls.registry, page: '/admin/' },
  'list page, 25 rows': { call: list25, page: '/admin/catalog/product/' },
  'retrieve, large': { call: calls['retrieve, large'], page: '/admin/catalog/product/1/change/' },
  'retrieve, small': { call: calls['retrieve, small'], page: '/admin/catalog/tag/1/change/' },
  error: { call: missing },
};

/** Clients show a model the text, or the structured content with the same JSON in it. */
const bodyOf = (text) => {
  const { result, error } = JSON.parse(text);
  if (result === undefined) return JSON.stringify(error);
  const [block] = result.content;
  return block.type === 'json' ? JSON.stringify(block.json) : block.text;
};

/** @param {import('../lib/ground.mjs').Ground} ground */
export const tokens = async ({ wires, session, tools }) => {
  const ask = async (wire, request) => bodyOf((await wire.send(request)).text);
  const python = JSON.parse(
    (await wires.django.send(post(pythonPath, session, rpc('tools/list')))).text,
  ).result;
  const list = await tokensIn(JSON.stringify(tools));
  const pythonList = await tokensIn(JSON.stringify(python));
  const rows = [
    rowOf({
      what: 'tokens: tools/list',
      figure: `${list}`,
      against: 'Python MCP endpoint',
      other: `${pythonList}`,
      ratio: list / pythonList,
      value: list,
      atMost: 6000,
      unit: ' tokens',
      headline: true,
      note: 'ours has hints, output schemas and bounds, which the other lacks',
    }),
  ];
  for (const [what, { call, page }] of Object.entries(answers)) {
    const theirs = await tokensIn(await ask(wires.django, toPython(call, session)));
    const html =
      page === undefined
        ? undefined
        : await wires.django.send({
            method: 'GET',
            path: page,
            headers: { cookie: session.cookie },
          });
    const htmlTokens = html === undefined ? undefined : await tokensIn(html.text);
    for (const upstream of ['rest', 'stock']) {
      const ours = await tokensIn(await ask(wires[upstream], toGateway(call, session)));
      rows.push(
        rowOf({
          what: `tokens: ${what}, ${upstream}`,
          figure: `${ours}`,
          against: 'Python MCP endpoint',
          other: `${theirs}`,
          ratio: ours / theirs,
          ...(call === list25 ? { atMost: 0.5, headline: upstream === 'rest' } : {}),
          note: htmlTokens === undefined ? '' : `the page: ${htmlTokens} tokens of HTML`,
        }),
      );
    }
  }
  return rows;
};
