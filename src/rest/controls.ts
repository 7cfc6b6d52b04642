/**
 * What the package hides from readers and writers alike (`serializers.SENSITIVE_NAME_SUBSTRINGS`).
 * The form has such fields all the same, and a form without their values empties them.
 */
const hiddenWords = [
  'password',
  'secret',
  'token',
  'api_key',
  'apikey',
  'hash',
  'private_key',
  'session',
  'nonce',
  'salt',
];

export const isHiddenName = (name: string): boolean =>
  hiddenWords.some((word) => name.toLowerCase().includes(word));

/** The controls of an add or change page, by name, each with its kind: `select`, `checkbox`, … */
export interface Controls {
  readonly own: ReadonlyMap<string, string>;
  /** Names of the fields in rows of inlines; which inline is not told. */
  readonly inline: ReadonlyMap<string, string>;
}

const tag = /<(input|select|textarea)\b((?:[^>"']|"[^"]*"|'[^']*')*)>/gi;
const nameOf = /\sname\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i;
const typeOf = /\stype\s*=\s*["']?(\w+)/i;
const disabled = /\sdisabled(?=[\s=/]|$)/i;

/** `lines-0-note` and `lines-__prefix__-note`: a row of an inline. */
const inRow = /^.+-(?:\d+|__prefix__)-([^-]+)$/;
const notAField =
  /^(?:_|csrfmiddlewaretoken$|action$|select_across$|index$)|-(?:TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$/;

/**
 * Names only, hence no HTML parser: Django escapes `>` and quotes in attributes. Disabled
 * controls are left out, as a form takes their initial value whatever is posted.
 */
export const readControls = (html: string): Controls => {
  const own = new Map<string, string>();
  const inline = new Map<string, string>();
  for (const [, element = '', attributes = ''] of html.matchAll(tag)) {
    const found = nameOf.exec(attributes);
    const name = found?.[1] ?? found?.[2] ?? found?.[3];
    if (name === undefined || disabled.test(attributes) || notAField.test(name)) continue;
    const lower = element.toLowerCase();
    const kind = lower === 'input' ? (typeOf.exec(attributes)?.[1] ?? 'text').toLowerCase() : lower;
    const field = inRow.exec(name)?.[1];
    if (field === undefined) own.set(name, kind);
    else inline.set(field, kind);
  }
  return { own, inline };
};

/** Whether a field is drawn as several controls, `name_0`, `name_1`, …, each with its part of the value. */
export const isSplit = (controls: ReadonlyMap<string, string>, name: string): boolean =>
  !controls.has(name) && controls.has(`${name}_0`);

/** Whether the page has any control for a field; a select-date has `name_year` and so on. */
export const isDrawn = (controls: ReadonlyMap<string, string>, name: string): boolean =>
  controls.has(name) || ['_0', '_year', '_month'].some((end) => controls.has(name + end));

/** Fields of the form that the package neither shows nor takes. */
export const hiddenIn = (controls: ReadonlyMap<string, string>): readonly string[] =>
  [...controls.keys()].filter(isHiddenName);
