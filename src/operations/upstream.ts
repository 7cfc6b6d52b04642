import type { Caller } from '../django/caller.ts';
import type { View } from './arguments.ts';
import type { Input, OperationName } from './catalogue.ts';
import type { JsonObject } from './json.ts';

/** A file that the admin sent instead of a page, such as the CSV of an export action. */
export interface AnswerFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** Of a text, where the admin said it. */
  readonly charset?: string;
}

/** What a person has to agree to before a call runs. */
export interface Question {
  /** In plain words, with the admin's own facts. */
  readonly text: string;
  /** Comes back with the answer, as {@link PersonsAnswer.state}. */
  readonly state: string;
}

/**
 * What the admin said: the status of its REST contract and the body that goes with it.
 * A refusal (400, 403, 404, 409, …) is an answer too, with `{"error": {code, message, fields?}}`.
 */
export interface Answer {
  readonly status: number;
  readonly body: JsonObject;
  readonly file?: AnswerFile;
  /** With status 428 and a `person` in the context: what to ask them. */
  readonly question?: Question;
}

/** What one request may do less than the settings allow; each can only narrow. */
export interface Narrowing {
  readonly readOnly?: boolean;
  /** Names of tools, in any spelling. */
  readonly disabledTools?: readonly string[];
  /** Globs, as the settings of the same names take them. */
  readonly models?: readonly string[];
  readonly excludeModels?: readonly string[];
  readonly excludeFields?: readonly string[];
  readonly maxRows?: number;
}

/** What a person at the client answered to a question of an earlier round. */
export interface PersonsAnswer {
  /** As it went out with the question. */
  readonly state: string;
  readonly action: 'accept' | 'decline' | 'cancel';
}

/** The program that a call comes from, as it names itself. */
export interface ClientInfo {
  readonly name: string;
  readonly version?: string | undefined;
}

/** What only the layers know of a call, for its line in the audit. */
export interface CallFacts {
  readonly confirmation?: 'person' | 'token' | 'declined' | 'cancelled' | 'asked';
}

/** What an operation runs with, besides its input. */
export interface Context {
  readonly caller: Caller;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  /** Tells the caller how far a long call is; `total` where it is known. */
  readonly progress?: (done: number, total?: number) => void;
  readonly narrowing?: Narrowing;
  readonly client?: ClientInfo;
  /** What the client calls this request, to find it again in its own log. */
  readonly requestId?: string;
  /** A program reads the answer, and wants text as it is stored; an agent gets it made visible. */
  readonly exact?: boolean;
  /** How much an answer tells where the call does not say; `full` if there is nothing here. */
  readonly view?: View;
  /** The URL that the client called this gateway at; there over HTTP only. */
  readonly reachedAt?: string;
  /** The program that calls has asked its user already, as those for the REST API do. */
  readonly agreed?: boolean;
  /** There where the client can ask the person who uses it; `answer` once they answered. */
  readonly person?: { readonly answer?: PersonsAnswer };
  /** Takes down what only the layers know, for the audit. */
  readonly record?: (facts: CallFacts) => void;
}

export type Run<Name extends OperationName> = (
  input: Input<Name>,
  context: Context,
) => Promise<Answer>;

/** A way to reach a Django admin: one function for each operation. */
export type Upstream = { readonly [Name in OperationName]: Run<Name> };

/** Runs an operation whose name is known only at run time; the input must be validated. */
export const runOperation = <Name extends OperationName>(
  upstream: Upstream,
  name: Name,
  input: Input<Name>,
  context: Context,
): Promise<Answer> => (upstream[name] as Run<Name>)(input, context);

/** An answer of ours in the contract's error envelope, where the upstream has to speak for the admin. */
export const refusal = (
  status: number,
  code: string,
  message: string,
  more: JsonObject = {},
): Answer => ({ status, body: { error: { code, message, ...more } } });
