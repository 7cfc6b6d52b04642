import { attribute, type HtmlElement, isInside } from '../../html/element.ts';
import { firstWithin, type Page, tagged } from '../../html/page.ts';
import { visibleText } from '../../html/text.ts';
import type { PageForm } from '../forms/controls.ts';
import { csrfTokenOf } from '../forms/successful.ts';
import { readShownMessages } from './shown-messages.ts';
import type { ModelRef, PageFrame } from './types/shared.ts';

const isHeading = (tag: string) => (element: HtmlElement) => element.tag === tag;

export const contentOf = (page: Page): HtmlElement | undefined =>
  page.byId.get('content') ??
  page.byId.get('grp-content') ??
  page.byId.get('main') ??
  tagged(page, 'main')[0] ??
  tagged(page, 'body')[0];

const inBranding = (page: Page, element: HtmlElement): boolean => {
  const header = page.byId.get('header') ?? page.byId.get('branding');
  return header !== undefined && isInside(element, header);
};

const headingOf = (page: Page): string | null => {
  const content = contentOf(page);
  const inContent = content && firstWithin(page, content, isHeading('h1'));
  const found = inContent ?? tagged(page, 'h1').find((element) => !inBranding(page, element));
  return (found && visibleText(found)) || null;
};

/** Django ≥ 3.2 puts the object's label in an `h2` right under the heading, outside of `#content-main`. */
const subheadingOf = (page: Page): string | null => {
  const content = page.byId.get('content');
  if (content === undefined) return null;
  const main = page.byId.get('content-main');
  const found = firstWithin(page, content, isHeading('h2'));
  if (found === undefined || (main !== undefined && found.index > main.index)) return null;
  return visibleText(found) || null;
};

const userNameOf = (page: Page): string | null => {
  const tools = page.byId.get('user-tools');
  const found = tools && firstWithin(page, tools, isHeading('strong'));
  return (found && visibleText(found)) || null;
};

const utcOffsetOf = (body: HtmlElement | undefined): number | null => {
  const text = body && attribute(body, 'data-admin-utc-offset');
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) / 60 : null;
};

export const readFrame = (page: Page, forms: readonly PageForm[]): PageFrame => {
  const [html] = tagged(page, 'html');
  const [body] = tagged(page, 'body');
  const title = tagged(page, 'title').find((element) => element.parent?.tag !== 'svg');
  const token = forms.map(({ form }) => csrfTokenOf(form)).find((text) => text !== undefined);
  return {
    language: (html && attribute(html, 'lang')) ?? null,
    title: title === undefined ? '' : visibleText(title),
    heading: headingOf(page),
    subheading: subheadingOf(page),
    userName: userNameOf(page),
    utcOffsetMinutes: utcOffsetOf(body),
    timeZone: (body && attribute(body, 'data-admin-server-timezone')) ?? null,
    csrfToken: token ?? null,
    messages: readShownMessages(page),
  };
};

/** `<body class="app-shop model-product change-form">`, which most themes keep. */
export const bodyModel = (page: Page): ModelRef | null => {
  const [body] = tagged(page, 'body');
  const app = body?.classes.find((name) => name.startsWith('app-'))?.slice('app-'.length);
  const model = body?.classes.find((name) => name.startsWith('model-'))?.slice('model-'.length);
  return app && model ? { appLabel: app, modelName: model } : null;
};
