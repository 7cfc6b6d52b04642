import type { Server, ServerContext } from '@modelcontextprotocol/server';
import type { Caller } from '../django/caller.ts';
import { isAppUri } from './apps/pages.ts';
import { type Ask, asking } from './ask.ts';
import { clientOf } from './client-info.ts';
import { operationContext } from './context.ts';
import type { McpFace } from './face.ts';

/**
 * Resources, prompts and completion. Nothing essential is in them, for many clients have
 * none; their code loads when the first one is asked for.
 */
export const serveExtras = (
  server: Server,
  face: McpFace,
  callerOf: (context: ServerContext) => Caller | Promise<Caller>,
): void => {
  const { capabilities, resources, templates, prompts, unlisted } = face.offer;
  const askFor = async (context: ServerContext): Promise<Ask> => {
    const caller = await callerOf(context);
    return asking(
      face.upstream,
      operationContext(face, caller, context, clientOf(server, context)),
    );
  };
  if (capabilities.resources !== undefined) {
    server.setRequestHandler('resources/list', () => ({ resources: [...resources] }));
    server.setRequestHandler('resources/templates/list', () => ({
      resourceTemplates: [...templates],
    }));
    server.setRequestHandler('resources/read', async ({ params: { uri } }, context) => {
      if (isAppUri(uri)) {
        const { readAppPage } = await import('./apps/read.ts');
        return readAppPage(uri, face.toolNames, unlisted);
      }
      const { readResource } = await import('./resources/read.ts');
      return readResource(face, await askFor(context), uri);
    });
  }
  if (capabilities.prompts !== undefined) {
    server.setRequestHandler('prompts/list', () => ({
      prompts: prompts.map(({ name, title, description, arguments: given }) => ({
        name,
        title,
        description,
        arguments: [...given],
      })),
    }));
    server.setRequestHandler('prompts/get', async ({ params }) => {
      const { getPrompt } = await import('./prompts/get.ts');
      return getPrompt(prompts, face.toolNames, params.name, params.arguments ?? {});
    });
  }
  if (capabilities.completions !== undefined)
    server.setRequestHandler('completion/complete', async ({ params }, context) => {
      const { complete } = await import('./completion.ts');
      return complete(await askFor(context), params);
    });
};
