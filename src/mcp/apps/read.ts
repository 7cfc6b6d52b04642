import { type ReadResourceResult, ResourceNotFoundError } from '@modelcontextprotocol/server';
import type { OperationName } from '../../operations/catalogue.ts';
import { type ToolNames, toolName } from '../../operations/names.ts';
import { appMimeType, pagesFor, uriOfPage } from './pages.ts';

/** Put in by the build (scripts/app-pages.mjs): the pages as JSON, by name. */
declare const APP_PAGES: string;

const pages: Readonly<Record<string, string>> =
  typeof APP_PAGES === 'string' ? JSON.parse(APP_PAGES) : {};

/** The same for every caller of a gateway, until it is started anew. */
const shared = { ttlMs: 3_600_000, cacheScope: 'public' } as const;

/**
 * A page of the MCP Apps view: whole, with nothing to load, and a policy that lets it load
 * nothing. The names of its tools stand in an attribute, as the gateway lists them.
 *
 * @throws ResourceNotFoundError also where no tool is listed that the page is for
 */
export const readAppPage = (
  uri: string,
  style: ToolNames,
  unlisted: ReadonlySet<OperationName>,
): ReadResourceResult => {
  const page = pagesFor(unlisted).find((name) => uriOfPage(name) === uri);
  const html = page === undefined ? undefined : pages[page];
  if (html === undefined) throw new ResourceNotFoundError(uri);
  const named = toolName('list', style).replace('list', '*');
  const text = html.replace('<html', `<html data-tool="${named}"`);
  // No domains: hosts give such a page a policy that lets it reach nothing.
  const _meta = { ui: { csp: {}, prefersBorder: true } };
  return { contents: [{ uri, mimeType: appMimeType, text, _meta }], ...shared };
};
