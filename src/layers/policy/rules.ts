import type { OperationName } from '../../operations/catalogue.ts';
import { GatewayError } from '../../operations/errors.ts';
import {
  type FieldGlob,
  type GlobKind,
  globKinds,
  type ModelGlob,
} from '../../operations/globs.ts';
import { operationOfTool } from '../../operations/names.ts';
import type { Narrowing } from '../../operations/upstream.ts';

/** The settings that a policy is made of. */
export interface PolicySettings {
  readonly READ_ONLY: boolean;
  readonly MODELS: readonly string[];
  readonly EXCLUDE_MODELS: readonly string[];
  readonly EXCLUDE_FIELDS: readonly string[];
  readonly MAX_ROWS: number;
}

/** What calls may do. */
export interface Rules {
  readonly readOnly: boolean;
  readonly disabled: ReadonlySet<OperationName>;
  /** A model is served where each of these lists has a glob for it. */
  readonly served: readonly (readonly ModelGlob[])[];
  readonly excluded: readonly ModelGlob[];
  readonly hidden: readonly FieldGlob[];
  readonly maxRows: number;
}

const parsed = <Kind extends GlobKind>(
  kind: Kind,
  texts: readonly string[],
): NonNullable<ReturnType<(typeof globKinds)[Kind]['parse']>>[] =>
  texts.map((text) => {
    const glob = globKinds[kind].parse(text);
    if (glob === undefined)
      throw new GatewayError('input', `"${text}" is not ${globKinds[kind].expected}.`);
    return glob as NonNullable<ReturnType<(typeof globKinds)[Kind]['parse']>>;
  });

const servedBy = (models: readonly string[]): Rules['served'] =>
  models.length === 0 ? [] : [parsed('model', models)];

/** The rules that hold for every call. */
export const standingRules = (
  settings: PolicySettings,
  disabled: ReadonlySet<OperationName>,
): Rules => ({
  readOnly: settings.READ_ONLY,
  disabled,
  served: servedBy(settings.MODELS),
  excluded: parsed('model', settings.EXCLUDE_MODELS),
  hidden: parsed('field', settings.EXCLUDE_FIELDS),
  maxRows: settings.MAX_ROWS,
});

/** The rules of one request, which can only take away. */
export const narrowedRules = (rules: Rules, narrowing: Narrowing | undefined): Rules => {
  if (narrowing === undefined) return rules;
  const disabled = (narrowing.disabledTools ?? []).flatMap((tool) => operationOfTool(tool) ?? []);
  return {
    readOnly: rules.readOnly || narrowing.readOnly === true,
    disabled: new Set([...rules.disabled, ...disabled]),
    served: [...rules.served, ...servedBy(narrowing.models ?? [])],
    excluded: [...rules.excluded, ...parsed('model', narrowing.excludeModels ?? [])],
    hidden: [...rules.hidden, ...parsed('field', narrowing.excludeFields ?? [])],
    maxRows: Math.min(rules.maxRows, narrowing.maxRows ?? rules.maxRows),
  };
};

export const restrictsModels = ({ served, excluded }: Rules): boolean =>
  served.length > 0 || excluded.length > 0;

export const restrictsFields = ({ hidden }: Rules): boolean => hidden.length > 0;
