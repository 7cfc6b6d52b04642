import type { JsonObject } from '../operations/json.ts';
import { objectsIn } from '../operations/json.ts';
import type { Ask } from './ask.ts';

/** A model as tools are called with it, and as the admin calls it. */
export interface ModelName {
  readonly app: string;
  readonly model: string;
  readonly label: string;
}

/** The models of an answer of `registry`, in the admin's order. */
export const modelsIn = ({ apps }: JsonObject): readonly ModelName[] =>
  objectsIn(apps).flatMap(({ models }) =>
    objectsIn(models).map(({ app_label, real_app_label, model_name, verbose_name_plural }) => ({
      app: String(real_app_label ?? app_label),
      model: String(model_name),
      label: String(verbose_name_plural ?? model_name),
    })),
  );

/** The models that this user may see; none where the admin refuses. */
export const modelsOf = async (ask: Ask): Promise<readonly ModelName[]> => {
  const { status, body } = await ask('registry', {});
  return status === 200 ? modelsIn(body) : [];
};
