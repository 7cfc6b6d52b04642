import { pkSegment } from '../../django/quote.ts';
import type { ModelRef, ObjectRef } from '../pages/types/shared.ts';

/** Parameters of a query string; one name may have several values. */
export type Query = Readonly<Record<string, unknown>> | URLSearchParams;

const pairsOf = (query: Query): [string, string][] =>
  query instanceof URLSearchParams
    ? [...query]
    : Object.entries(query).flatMap(([name, value]) =>
        value === undefined || value === null
          ? []
          : (Array.isArray(value) ? value : [value]).map((one): [string, string] => [
              name,
              String(one),
            ]),
      );

/** `?a=1&b=2`, or nothing. */
export const queryText = (query: Query | undefined): string => {
  const pairs = query === undefined ? [] : pairsOf(query);
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`;
};

/** Addresses below the admin index, whose path ends in `/`. */
export const addresses = (adminPath: string) => {
  const ofModel = ({ appLabel, modelName }: ModelRef): string =>
    `${adminPath}${appLabel}/${modelName}/`;
  const ofObject = (at: ObjectRef): string => `${ofModel(at)}${pkSegment(at.pk)}/`;
  return {
    index: adminPath,
    formats: `${adminPath}jsi18n/`,
    autocomplete: `${adminPath}autocomplete/`,
    ownPassword: `${adminPath}password_change/`,
    changelist: ofModel,
    add: (at: ModelRef): string => `${ofModel(at)}add/`,
    change: (at: ObjectRef): string => `${ofObject(at)}change/`,
    remove: (at: ObjectRef): string => `${ofObject(at)}delete/`,
    history: (at: ObjectRef): string => `${ofObject(at)}history/`,
    password: (at: ObjectRef): string => `${ofObject(at)}password/`,
    custom: (at: ObjectRef, name: string): string => `${ofObject(at)}${name}/`,
  };
};

export type Addresses = ReturnType<typeof addresses>;
