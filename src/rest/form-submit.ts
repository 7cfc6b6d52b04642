import type { Input } from '../operations/catalogue.ts';
import type { Answer, Context } from '../operations/upstream.ts';
import type { CreateInput } from './create.ts';
import { isCustomTemplate, readSpec } from './form-spec.ts';
import type { UpdateInput } from './prepare-update.ts';

interface Writers {
  readonly create: (input: CreateInput, context: Context) => Promise<Answer>;
  readonly update: (input: UpdateInput, context: Context) => Promise<Answer>;
}

const refused: Answer = {
  status: 422,
  body: {
    ok: false,
    reason: 'custom-template',
    message:
      'This page has a template or view of its own, which only a person can fill in. Nothing was sent; open it in the admin.',
  },
};

/** Creates or updates, unless the form's page is drawn by hand. */
export const createFormSubmit =
  ({ create, update }: Writers) =>
  async (input: Input<'form_submit'>, context: Context): Promise<Answer> => {
    const { pk, version, ...rest } = input;
    const { app_label, model_name, query } = input;
    const spec = await readSpec({ app_label, model_name, pk, query }, context);
    if (spec.status !== 200) return spec;
    if (isCustomTemplate(spec.body)) return refused;
    return pk == null ? create(rest, context) : update({ ...rest, pk, version }, context);
  };
