/** Matches one name of a model or field; names are compared without regard to case. */
type Matcher = (name: string) => boolean;

/** `auth.*`, `sales.order`, or `auth` for a whole app. */
export interface ModelGlob {
  readonly text: string;
  readonly app: Matcher;
  readonly model: Matcher;
  /** Every model of the app is meant, so a model's name says nothing. */
  readonly isWholeApp: boolean;
}

/** `people.person.ssn`, `*.*.salary`; the last part may also be the name of an inline. */
export interface FieldGlob extends ModelGlob {
  readonly field: Matcher;
  /** Every field of the model is meant. */
  readonly isWholeModel: boolean;
}

const modelPattern = /^[\p{L}\p{N}_*]+(?:\.[\p{L}\p{N}_*]+)?$/u;
const fieldPattern = /^[\p{L}\p{N}_*]+\.[\p{L}\p{N}_*]+\.[\p{L}\p{N}_*-]+$/u;

/** Without a regular expression: globs come from requests too, and stars in one make it slow. */
const matcherOf = (part: string): Matcher => {
  const [head = '', ...rest] = part.toLowerCase().split(/\*+/);
  const tail = rest.pop();
  return (given) => {
    const name = given.toLowerCase();
    if (tail === undefined) return name === head;
    if (!name.startsWith(head)) return false;
    let at = head.length;
    for (const piece of rest) {
      const found = name.indexOf(piece, at);
      if (found < 0) return false;
      at = found + piece.length;
    }
    return name.length - tail.length >= at && name.endsWith(tail);
  };
};

const isStar = (part: string): boolean => /^\*+$/.test(part);

const modelGlob = (text: string, app: string, model: string): ModelGlob => ({
  text,
  app: matcherOf(app),
  model: matcherOf(model),
  isWholeApp: isStar(model),
});

/** `undefined` for text that is no such glob. */
export const parseModelGlob = (text: string): ModelGlob | undefined => {
  if (!modelPattern.test(text)) return undefined;
  const [app = '*', model = '*'] = text.split('.');
  return modelGlob(text, app, model);
};

/** `undefined` for text that is no such glob. */
export const parseFieldGlob = (text: string): FieldGlob | undefined => {
  if (!fieldPattern.test(text)) return undefined;
  const [app = '*', model = '*', field = '*'] = text.split('.');
  return {
    ...modelGlob(text, app, model),
    field: matcherOf(field),
    isWholeModel: isStar(field),
  };
};

/** What a list setting may hold, for its check and for what is said of wrong items. */
export const globKinds = {
  model: { parse: parseModelGlob, expected: 'app_label.model_name, such as sales.* or auth.user' },
  field: { parse: parseFieldGlob, expected: 'app_label.model_name.field, such as *.*.salary' },
} as const;

export type GlobKind = keyof typeof globKinds;
