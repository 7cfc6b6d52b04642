import { randomUUID } from 'node:crypto';
import { sessionMark } from '../../django/caller.ts';
import { givenValues } from '../../operations/given-values.ts';
import { isJsonObject } from '../../operations/json.ts';
import { isReadOnly } from '../../operations/read-only.ts';
import type { Answer, CallFacts, ClientInfo, Context } from '../../operations/upstream.ts';
import type { Call } from '../wrap.ts';
import type { Outcome } from './outcome.ts';

/** What is written down of a call: who, what, on which objects, how it ended. Never a value. */
export interface AuditLine {
  /** Ours, and the client's own. */
  readonly id: string;
  readonly request?: string;
  /** As the admin greets the user, where a page or a login has told. */
  readonly user?: string;
  /** Tells sessions apart; it means nothing outside of this process. */
  readonly session?: string;
  readonly admin?: string;
  readonly client?: string;
  readonly client_version?: string;
  /** The operation's name. */
  readonly tool: string;
  readonly model?: string;
  readonly keys?: readonly string[];
  /** For all that a search matches; keys are not known then. */
  readonly across?: true;
  /** Names of the fields that the call gives. */
  readonly fields?: readonly string[];
  /** The name of an action or of a panel. */
  readonly action?: string;
  readonly dry_run?: true;
  readonly confirmation?: CallFacts['confirmation'];
  /** `begun` is written to the file before a write runs; the other line of the call follows. */
  readonly outcome: Outcome | 'begun';
  readonly status?: number;
  /** Why it could not be run, where it could not. */
  readonly reason?: string;
  readonly ms?: number;
}

/** Longest text that others chose, in characters. */
const maxTextLength = 100;

/**
 * Names that callers make up are written down only where they look like names, so that no
 * value can pass for one.
 */
const nameOf = (text: string): string => (/^[\w.:-]{1,100}$/.test(text) ? text : '(other)');

/** Texts of a client about itself, without what could end a line or hide in one. */
const plain = (text: string): string =>
  text.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '?').slice(0, maxTextLength);

const clientOf = (client: ClientInfo | undefined): Pick<AuditLine, 'client' | 'client_version'> =>
  client === undefined
    ? {}
    : {
        client: plain(client.name),
        ...(client.version === undefined ? {} : { client_version: plain(client.version) }),
      };

const fieldsOf = (input: Readonly<Record<string, unknown>>): string[] => {
  const names = givenValues(input).flatMap((values) =>
    Object.entries(values).flatMap(([name, value]) =>
      name === 'inlines' && isJsonObject(value)
        ? Object.keys(value).map((prefix) => `inlines.${nameOf(prefix)}`)
        : nameOf(name),
    ),
  );
  return [...new Set(names)];
};

const keysOf = ({ pk, pks }: Readonly<Record<string, unknown>>): string[] => [
  ...(typeof pk === 'string' ? [pk] : []),
  ...(Array.isArray(pks) ? pks.map(String) : []),
];

/** Where a call comes from, as far as a line of it tells. */
export type Source = Pick<Context, 'caller' | 'client' | 'requestId'>;

/** Who calls; the user may be known only after a page was read. */
export const callerOf = ({ caller, client, requestId }: Source): Partial<AuditLine> => {
  const user = caller.userName?.();
  return {
    ...(requestId === undefined ? {} : { request: plain(requestId) }),
    ...(user === undefined ? {} : { user: plain(user) }),
    session: sessionMark(caller),
    admin: caller.site.adminUrl.href,
    ...clientOf(client),
  };
};

/** What is known of a call before it runs. */
export const lineOf = ({ name, input, context }: Call): Omit<AuditLine, 'outcome'> => {
  const given = input as unknown as Readonly<Record<string, unknown>>;
  const { app_label, model_name, action_name, panel_name } = given;
  const keys = keysOf(given);
  const fields = fieldsOf(given);
  const action = action_name ?? panel_name;
  return {
    id: randomUUID(),
    ...callerOf(context),
    tool: name,
    ...(model_name === undefined ? {} : { model: `${app_label}.${model_name}` }),
    ...(keys.length === 0 ? {} : { keys }),
    ...(given['across'] === undefined ? {} : { across: true }),
    ...(fields.length === 0 ? {} : { fields }),
    ...(typeof action === 'string' ? { action: nameOf(action) } : {}),
    ...(given['dry_run'] === true ? { dry_run: true } : {}),
  };
};

/** A call that never ran because of what was wrong with it. */
export const lineOfRefused = (tool: string, source: Source): Omit<AuditLine, 'outcome'> => ({
  id: randomUUID(),
  ...callerOf(source),
  tool: nameOf(tool),
});

/** The key of what a call has added. */
export const addedKeys = ({ name, input }: Call, { body }: Answer): Partial<AuditLine> => {
  const isNew = !('pk' in input) || input.pk == null;
  const adds = isNew && (name === 'create' || name === 'form_submit');
  const { pk } = body;
  return adds && (typeof pk === 'string' || typeof pk === 'number') ? { keys: [String(pk)] } : {};
};

/** Whether a call may change something, so that it must not run without a trace. */
export const mayChange = ({ name, input }: Call): boolean =>
  !isReadOnly(name) && !('dry_run' in input && input.dry_run === true);
