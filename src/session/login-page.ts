import { attribute, type HtmlElement, hasAttribute, isInside } from '../html/element.ts';
import { firstWithin, type Page, tagged, within } from '../html/page.ts';
import { visibleText } from '../html/text.ts';

/** One control of a login page, as it would be sent. */
export interface LoginControl {
  /** Empty where the page gives none (django-simpleui draws its form with Vue). */
  readonly name: string;
  /** The `type` in lower case; `text` by default, `select` and `textarea` for those. */
  readonly type: string;
  readonly value: string;
  readonly required: boolean;
  readonly checked: boolean;
  /** Browsers are told to fill a one-time code into it. */
  readonly wantsCode: boolean;
}

export interface LoginForm {
  readonly action: string | undefined;
  readonly controls: readonly LoginControl[];
}

export interface LoginPage {
  readonly forms: readonly LoginForm[];
  /** What the page complains about: data, never to be taken for our own words. */
  readonly errors: readonly string[];
  /** The name in the user tools of the admin index, where the theme has them. */
  readonly userName: string | undefined;
}

const maxErrors = 5;
const maxErrorLength = 300;

const isControl = ({ tag }: HtmlElement): boolean =>
  tag === 'input' || tag === 'select' || tag === 'textarea';

const controlOf = (element: HtmlElement): LoginControl => ({
  name: attribute(element, 'name') ?? '',
  type:
    element.tag === 'input' ? (attribute(element, 'type') ?? 'text').toLowerCase() : element.tag,
  value: attribute(element, 'value') ?? '',
  required: hasAttribute(element, 'required'),
  checked: hasAttribute(element, 'checked'),
  wantsCode: /\bone-time-code\b/i.test(attribute(element, 'autocomplete') ?? ''),
});

const formsOf = (page: Page): LoginForm[] =>
  tagged(page, 'form').map((form) => ({
    action: attribute(form, 'action'),
    controls: within(page, form, isControl).map(controlOf),
  }));

/** Django's own classes; themes keep at least one of them. */
const errorClasses = ['errornote', 'errorlist', 'alert-danger'];

const errorsOf = (page: Page): string[] => {
  const marked = page.elements.filter(({ classes }) =>
    errorClasses.some((name) => classes.includes(name)),
  );
  return marked
    .filter((element) => !marked.some((other) => isInside(element, other)))
    .map((element) => visibleText(element))
    .filter((text) => text !== '');
};

const userNameOf = (page: Page): string | undefined => {
  const tools = page.byId.get('user-tools');
  const name = tools && firstWithin(page, tools, ({ tag }) => tag === 'strong');
  return (name && visibleText(name)) || undefined;
};

/**
 * Reads what a login needs from a page: forms, complaints and who is logged in. The reader of
 * pages is loaded on first use.
 *
 * @throws GatewayError `upstream` when the page is nested absurdly
 */
export const readLoginPage = async (html: string): Promise<LoginPage> => {
  const { readPage } = await import('../html/read-page.ts');
  const page = readPage(html);
  return {
    forms: formsOf(page),
    errors: errorsOf(page)
      .slice(0, maxErrors)
      .map((text) => text.slice(0, maxErrorLength)),
    userName: userNameOf(page),
  };
};
