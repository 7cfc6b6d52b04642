import type { JsonObject } from '../../operations/json.ts';
import type { ModelRef, ObjectRef } from '../pages/types/shared.ts';

export interface ModelInput {
  readonly app_label: string;
  readonly model_name: string;
}

export const modelOf = ({ app_label, model_name }: ModelInput): ModelRef => ({
  appLabel: app_label,
  modelName: model_name,
});

export const objectOf = (input: ModelInput & { readonly pk: string }): ObjectRef => ({
  ...modelOf(input),
  pk: input.pk,
});

export const modelJson = ({ appLabel, modelName }: ModelRef): JsonObject => ({
  app_label: appLabel,
  model_name: modelName,
});
