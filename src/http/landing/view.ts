import type { Caller } from '../../django/caller.ts';
import type { McpFace } from '../../mcp/face.ts';
import type { Visitor } from '../visitor.ts';
import type { LandingView, Snippet } from './page.ts';
import type { RecentCall } from './recent-calls.ts';
import { tryTool } from './try-tool.ts';

/** What the page shows besides the tools. */
export interface LandingParts {
  readonly admin: string;
  readonly upstream: string;
  /** Clients' configurations for an endpoint. */
  readonly snippets: (endpoint: string) => Promise<readonly Snippet[]>;
  /** Newest first. */
  readonly recent: (caller: Caller) => readonly RecentCall[];
}

/** The page for one visitor, who has passed the gate; runs the tool that its form names. */
export const viewFor = async (
  parts: LandingParts,
  face: McpFace,
  endpoint: string,
  { caller, narrowing }: Visitor,
  request: Request,
): Promise<LandingView> => {
  const query = new URL(request.url).searchParams;
  const tool = query.get('tool');
  const given = query.get('arguments') ?? '{}';
  const context = { caller, signal: request.signal, ...(narrowing && { narrowing }) };
  return {
    face,
    endpoint,
    admin: parts.admin,
    upstream: parts.upstream,
    snippets: await parts.snippets(endpoint),
    tried: tool === null ? undefined : await tryTool(face, context, tool, given),
    recent: parts.recent(caller),
  };
};
