import { adminUrl } from './ground.ts';
import type { Terminal } from './terminal.ts';

const program = 'npx django-admin-mcp-api';

/** Of the example shop, which holds made-up data only. */
const user = { name: 'admin', password: 'shop-demo-pass' };

const prompt = '$ ';

/** What a person does who connects Claude Code to an admin and has a look at what it can do. */
export const holdSession = async ({ type, until, untilPrompt }: Terminal): Promise<void> => {
  const run = async (...lines: readonly string[]) => {
    for (const line of lines) await type(line);
    await untilPrompt(prompt);
  };
  await untilPrompt(prompt);
  await type(`${program} login --url ${adminUrl}`);
  await until('User name');
  await type(user.name);
  await until('Password');
  await type(user.password);
  await untilPrompt(prompt);
  await run(`${program} setup claude-code --url ${adminUrl}`);
  await run('claude mcp list');
  await run(`export DJANGO_ADMIN_MCP_API_ADMIN_SITE=${adminUrl}`);
  await run(
    `${program} call list '{"app_label": "catalog", "model_name": "product",`,
    `  "search": "stool", "fields": ["name", "price", "stock"]}' | jq -c '.results[].fields'`,
  );
  await run(
    `${program} call update '{"app_label": "catalog", "model_name": "product",`,
    `  "pk": 9, "data": {"price": "799.00"}, "dry_run": true}' | jq -c '.changes[]'`,
  );
  await type(`${program} call destroy '{"app_label": "catalog", "model_name": "product",`);
  await type(`  "pk": 9}' | jq -r .error.message`);
  await until('No');
  await type(''); // Enter alone is a no.
  await untilPrompt(prompt);
};
