import type { ServerCapabilities } from '@modelcontextprotocol/server';
import type { OperationName } from '../operations/catalogue.ts';
import { pagesFor } from './apps/pages.ts';
import { offeredPrompts, type PromptEntry } from './prompts/catalogue.ts';
import { listedResources, listedTemplates } from './resources/listed.ts';

/** What a server has besides tools: as much as the tools that it lists make possible. */
export interface Offer {
  readonly unlisted: ReadonlySet<OperationName>;
  readonly resources: ReturnType<typeof listedResources>;
  readonly templates: ReturnType<typeof listedTemplates>;
  readonly prompts: readonly PromptEntry[];
  readonly capabilities: Pick<ServerCapabilities, 'resources' | 'prompts' | 'completions'>;
}

export const offerOf = (unlisted: ReadonlySet<OperationName>): Offer => {
  const resources = listedResources(unlisted);
  const templates = listedTemplates(unlisted);
  const prompts = offeredPrompts(unlisted);
  const hasResources = resources.length + templates.length + pagesFor(unlisted).length > 0;
  const capabilities = {
    ...(hasResources ? { resources: { listChanged: false, subscribe: false } } : {}),
    ...(prompts.length > 0 ? { prompts: { listChanged: false } } : {}),
    ...(templates.length + prompts.length > 0 ? { completions: {} } : {}),
  };
  return { unlisted, resources, templates, prompts, capabilities };
};
