import type * as z from 'zod';
import type { JsonValue } from './json.ts';

/**
 * What running an operation does to the database: nothing, only adds, overwrites, or may
 * take something away. It gives the MCP hints, the rule of a read-only gateway and the rule
 * for repeating a call after a new login.
 */
export type Effect = 'read' | 'add' | 'write' | 'destroy';

/**
 * One REST call of `django-admin-rest-api` that an operation stands for.
 *
 * `path` is relative to `/api/v1/`; each `:name` is replaced by the encoded input of that
 * name. `query` names the query parameter for an input key; `spread` is an input key whose
 * own entries become query parameters.
 */
export interface RestForm<Input> {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly spread?: string;
  readonly body?: (input: Input) => JsonValue;
}

/**
 * One thing that the admin can do. Every surface (MCP tool, REST route, OpenAPI, command
 * line, docs) is derived from this value.
 */
export interface Operation<Name extends string = string, Schema extends z.ZodType = z.ZodType> {
  readonly name: Name;
  /** For people, in a client's list of tools. */
  readonly title: string;
  /** For agents: when to use it, and what comes back. Under 1 KB. */
  readonly description: string;
  readonly effect: Effect;
  /** Whether running it twice with the same arguments leaves what running it once leaves. */
  readonly idempotent: boolean;
  /** It fetches pages that the project wrote; a read-only gateway does not. */
  readonly runsProjectPages?: boolean;
  readonly input: Schema;
  /** In order of preference: the first one whose path can be filled from the input is called. */
  readonly rest: readonly RestForm<z.output<Schema>>[];
  /**
   * Other operations that this call amounts to. Where one of those is disabled, this call is
   * refused too, so that a disabled operation has no back door.
   */
  readonly actsAs?: (input: z.output<Schema>) => readonly string[];
}

export const defineOperation = <const Name extends string, Schema extends z.ZodType>(
  operation: Operation<Name, Schema>,
): Operation<Name, Schema> => operation;
