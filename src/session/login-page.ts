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

/** Django's own classes; themes keep at least one of them. */
const errorClass = /(?:^|\s)(?:errornote|errorlist|alert-danger)(?:\s|$)/;

const controlOf = (tag: string, attributes: Record<string, string>): LoginControl => ({
  name: attributes['name'] ?? '',
  type: tag === 'input' ? (attributes['type'] ?? 'text').toLowerCase() : tag,
  value: attributes['value'] ?? '',
  required: 'required' in attributes,
  checked: 'checked' in attributes,
  wantsCode: /\bone-time-code\b/i.test(attributes['autocomplete'] ?? ''),
});

/** Gathers the text inside one kind of element, nested ones included. */
const textCollector = () => {
  let depth = 0;
  let text = '';
  const found: string[] = [];
  return {
    found,
    open: (starts: boolean) => {
      if (depth > 0) text += ' ';
      if (starts || depth > 0) depth += 1;
    },
    text: (part: string) => {
      if (depth > 0) text += part;
    },
    close: () => {
      if (depth === 0) return;
      depth -= 1;
      if (depth > 0) return;
      const line = text.replaceAll(/\s+/g, ' ').trim();
      if (line !== '') found.push(line);
      text = '';
    },
  };
};

const voidTags = new Set(['input', 'br', 'img', 'hr', 'link', 'meta', 'wbr', 'source', 'area']);

/**
 * Reads what a login needs from a page: forms, complaints and who is logged in. The only
 * HTML read outside `stock/`; the parser is loaded on first use.
 */
export const readLoginPage = async (html: string): Promise<LoginPage> => {
  const { Parser } = await import('htmlparser2');
  const forms: { action: string | undefined; controls: LoginControl[] }[] = [];
  const errors = textCollector();
  const user = textCollector();
  let open: (typeof forms)[number] | undefined;
  let inUserTools = false;
  const parser = new Parser({
    onopentag: (tag, attributes) => {
      if (tag === 'form') {
        open = { action: attributes['action'], controls: [] };
        forms.push(open);
      }
      if (tag === 'input' || tag === 'select' || tag === 'textarea')
        open?.controls.push(controlOf(tag, attributes));
      if (attributes['id'] === 'user-tools') inUserTools = true;
      if (voidTags.has(tag)) return;
      errors.open(errorClass.test(attributes['class'] ?? ''));
      user.open(inUserTools && tag === 'strong');
    },
    ontext: (text) => {
      errors.text(text);
      user.text(text);
    },
    onclosetag: (tag) => {
      if (tag === 'form') open = undefined;
      if (voidTags.has(tag)) return;
      errors.close();
      user.close();
    },
  });
  parser.write(html);
  parser.end();
  return {
    forms,
    errors: errors.found.slice(0, maxErrors).map((text) => text.slice(0, maxErrorLength)),
    userName: user.found[0],
  };
};
