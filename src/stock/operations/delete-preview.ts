import type { Input } from '../../operations/catalogue.ts';
import type { Answer } from '../../operations/upstream.ts';
import { deletionJson, deletionLabel } from '../contract/deletion.ts';
import { keyJson } from '../contract/key.ts';
import { objectOf } from '../contract/model.ts';
import type { Desk } from '../desk/desk.ts';
import { readHtml } from '../desk/visit.ts';
import { readDeletePage } from '../pages/delete-page.ts';

/** One request: the confirmation page. Reading it changes nothing. */
export const deletePreview = async (
  input: Input<'delete_preview'>,
  desk: Desk,
): Promise<Answer> => {
  const page = await readHtml(desk, desk.at.remove(objectOf(input)), readDeletePage);
  const object = { pk: keyJson(input.pk), label: deletionLabel(page) ?? input.pk };
  return { status: 200, body: { object, ...deletionJson(page) } };
};
