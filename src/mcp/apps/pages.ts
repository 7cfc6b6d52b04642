import type { OperationName } from '../../operations/catalogue.ts';

/** The pages of this gateway's MCP Apps view, and the tools whose results they show. */
const appPages = {
  list: ['list'],
  delete: ['delete_preview', 'destroy'],
} as const satisfies Readonly<Record<string, readonly OperationName[]>>;

export type AppPage = keyof typeof appPages;

/** The profile of HTML that MCP Apps names (2026-01-26, "UI Resource Format"). */
export const appMimeType = 'text/html;profile=mcp-app';

const pageNames = Object.keys(appPages) as AppPage[];

const scheme = 'ui://';

export const isAppUri = (uri: string): boolean => uri.startsWith(scheme);

export const uriOfPage = (page: AppPage): string => `${scheme}django-admin/${page}.html`;

/** The page that shows what a tool answers; most have none. */
export const pageOfTool = (operation: OperationName): AppPage | undefined =>
  pageNames.find((page) => (appPages[page] as readonly OperationName[]).includes(operation));

/** The pages that some listed tool is for. */
export const pagesFor = (unlisted: ReadonlySet<OperationName>): readonly AppPage[] =>
  pageNames.filter((page) => appPages[page].some((name) => !unlisted.has(name)));
