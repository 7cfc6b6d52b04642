import { GatewayError } from '../../operations/errors.ts';
import type { HtmlForm } from '../forms/types.ts';
import { readFormPage } from '../pages/form-page.ts';
import type { FormPage } from '../pages/types/form-page.ts';
import type { ModelRef } from '../pages/types/shared.ts';
import { type Query, queryText } from './addresses.ts';
import type { Desk } from './desk.ts';
import { rememberShape } from './model-shape.ts';
import { readHtml } from './visit.ts';

/** An add or change page and where it was read. */
export interface OpenForm {
  readonly model: ModelRef;
  readonly pk: string | null;
  readonly page: FormPage;
  readonly path: string;
}

/**
 * A page that stock Django's templates did not make: nothing on it is known. Theirs has
 * `<form id="product_form">` in every version and theme seen, view-only pages too.
 */
export const isByHand = ({ page, model }: OpenForm): boolean =>
  page.form === null || (page.form.id !== `${model.modelName}_form` && page.mode === 'view');

/** The add page, or the page of the object with this key. */
export const openForm = async (
  desk: Desk,
  model: ModelRef,
  pk: string | null,
  query?: Query,
  partlyDone = false,
): Promise<OpenForm> => {
  const bare = pk === null ? desk.at.add(model) : desk.at.change({ ...model, pk });
  const path = `${bare}${queryText(query)}`;
  const page = await readHtml(desk, path, readFormPage, partlyDone);
  rememberShape(desk, model, page);
  return { model, pk, page, path };
};

/**
 * The form of a page that stock Django's templates made.
 *
 * @throws GatewayError `unsupported`
 */
export const stockForm = (open: OpenForm): HtmlForm => {
  const { form } = open.page;
  if (form !== null && !isByHand(open)) return form;
  throw new GatewayError(
    'unsupported',
    'This project draws that page by hand; its form is not the stock one.',
    {
      hint: 'form_spec may show a stock form under another query; otherwise only a person can fill this page in.',
      details: { path: open.path },
    },
  );
};
