import type { Input } from '../../operations/catalogue.ts';
import type { JsonObject, JsonValue } from '../../operations/json.ts';
import type { Answer, Context, Upstream } from '../../operations/upstream.ts';

/** The operations that may have to be agreed to. */
export type Confirmable = 'destroy' | 'set_password' | 'bulk_update' | 'action';

/** What a call would do, looked at before anybody is asked. */
export interface Matter {
  /** In plain words, for a person. */
  readonly question: string;
  /** The admin's own facts, for the agent. */
  readonly preview: JsonObject;
  /** What must still be so once the answer is there. */
  readonly about: JsonValue;
  /** The admin's own question, where it has one: the token goes out with it. */
  readonly page?: Answer;
  /** Does it; sent only with what was looked at, where the upstream can be told. */
  readonly run: () => Promise<Answer>;
}

/** There may be nothing to ask: the admin refuses anyway, or there was nothing to agree to. */
export type Looked = { readonly matter: Matter } | { readonly answer: Answer };

export type Look<Name extends Confirmable> = (
  input: Input<Name>,
  context: Context,
  upstream: Upstream,
) => Promise<Looked>;
