import { run } from '../lib/run.mjs';
import { type Application, patienceMs, type Seen, serverNames } from './application.ts';
import { fileOf } from './install.ts';
import { type StandInModel, startStandInModel } from './stand-in-model.ts';

const name = '@github/copilot';
const toolOf = (server: string): string => `${server}-admin_list`;
const search = { app_label: 'catalog', model_name: 'product', search: 'oak' };

const seen = (server: string, model: StandInModel): Seen => {
  const tools = model.offered().filter((tool) => tool.startsWith(`${server}-`)).length;
  const found = model.answerOf(toolOf(server))?.includes('Oak stool') ?? false;
  return {
    connected: found,
    said: `${server}: ${tools} tools offered to its model${found ? ', which found the oak stool by admin_list' : ''}`,
  };
};

/**
 * `copilot mcp list` only reads the file; servers are started for a prompt. Offline and with a
 * model provider of one's own it answers prompts without an account.
 */
export const copilotCli: Application = {
  title: 'Copilot CLI',
  package: name,
  client: 'copilot-cli',
  look: async ({ project }, env) => {
    const model = await startStandInModel({
      [toolOf(serverNames.stdio)]: search,
      [toolOf(serverNames.http)]: search,
    });
    try {
      await run(
        process.execPath,
        [fileOf(name, 'npm-loader.js'), '--prompt', 'Find oak.', '--allow-all-tools'],
        {
          cwd: project,
          env: {
            ...env,
            COPILOT_OFFLINE: 'true',
            COPILOT_AUTO_UPDATE: 'false',
            COPILOT_PROVIDER_BASE_URL: model.url,
            COPILOT_MODEL: 'stand-in',
          },
          timeoutMs: patienceMs,
          detached: true,
        },
      );
      return { stdio: seen(serverNames.stdio, model), http: seen(serverNames.http, model) };
    } finally {
      await model.stop();
    }
  },
};
