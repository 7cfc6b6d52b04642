import type * as z from 'zod';
import { type OperationName, operations } from '../catalogue.ts';
import type { Operation, RestForm } from '../define.ts';
import { operationNames } from '../facts.ts';

type AnyOperation = Operation<OperationName, z.ZodType>;
export type AnyForm = RestForm<never>;

/** One method on one path of `/api/v1/`, and the operation that it stands for. */
export interface Endpoint {
  readonly method: AnyForm['method'];
  /** Relative to `/api/v1`, with `:name` for each part that varies. */
  readonly path: string;
  readonly operation: OperationName;
  readonly form: AnyForm;
  /** The operation for a call with a query of its own, which the first one does not take. */
  readonly withQuery?: OperationName;
}

const literals = (path: string): number =>
  path.split('/').filter((part) => part !== '' && !part.startsWith(':')).length;

/** Where the parts of two paths differ in kind, the fixed one goes first, as in the package's urls.py. */
const byPath = (a: Endpoint, b: Endpoint): number => literals(b.path) - literals(a.path);

const collect = (): readonly Endpoint[] => {
  const found = new Map<string, Endpoint>();
  for (const name of operationNames) {
    const operation = operations[name] as unknown as AnyOperation;
    for (const form of operation.rest as readonly AnyForm[]) {
      const { method, path } = form;
      const key = `${method} ${path}`;
      const known = found.get(key);
      if (known === undefined) found.set(key, { method, path, operation: name, form });
      // create, update and form_submit: the same address, with and without a query.
      else found.set(key, { ...known, form, withQuery: name });
    }
  }
  return [...found.values()].sort(byPath);
};

/** The endpoints of `django-admin-rest-api` that operations stand for, in the order to try them in. */
export const endpoints: readonly Endpoint[] = collect();
