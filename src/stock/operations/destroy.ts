import type { Input } from '../../operations/catalogue.ts';
import { GatewayError } from '../../operations/errors.ts';
import type { JsonObject } from '../../operations/json.ts';
import type { Answer } from '../../operations/upstream.ts';
import { cascadeJson, deletionJson, deletionLabel } from '../contract/deletion.ts';
import { keyJson } from '../contract/key.ts';
import { objectOf } from '../contract/model.ts';
import type { Desk } from '../desk/desk.ts';
import { messagesOf } from '../desk/drain.ts';
import { forbidden, notFound, type Refused, refused } from '../desk/refused.ts';
import { submit } from '../desk/submit.ts';
import { detailsOf, readHtml, type Visit, visit } from '../desk/visit.ts';
import { csrfTokenOf, successfulControls } from '../forms/successful.ts';
import { readDeletePage } from '../pages/delete-page.ts';
import type { DeletePage } from '../pages/types/others.ts';
import type { ObjectRef } from '../pages/types/shared.ts';

const blocked = (page: DeletePage): Refused => {
  const facts = deletionJson(page);
  if (page.protectedObjects.length > 0)
    return refused(409, 'protected', 'Other objects protect this one from deletion.', facts);
  return forbidden('This user may not delete everything that would go with it.', facts);
};

/** Whether the object's page is gone; a word that the redirect alone does not say. */
const isGone = async (desk: Desk, object: ObjectRef): Promise<boolean> => {
  const { outcome } = await visit(desk, desk.at.change(object), true);
  return outcome.kind === 'not_found' || outcome.kind === 'missing';
};

const unknown = (done: Visit): GatewayError =>
  new GatewayError('unknown_outcome', 'Whether the object was deleted cannot be told.', {
    hint: 'Look for it before trying again.',
    details: detailsOf(done.outcome),
  });

/** Throws unless the admin showed that the object is gone. */
const assertDeleted = async (desk: Desk, object: ObjectRef, done: Visit): Promise<void> => {
  const { kind } = done.outcome;
  if (kind === 'done' || kind === 'popup_done') return;
  if (kind === 'forbidden')
    throw forbidden('This user may not delete everything that would go with it.');
  if (kind === 'returned') throw blocked(readDeletePage(done.response.text, done.address));
  if (kind === 'not_found' || kind === 'missing') throw notFound();
  // Without a word, the redirect after a deletion is the one for an object that is not there.
  if ((kind === 'unclear' || kind === 'warned' || kind === 'away') && (await isGone(desk, object)))
    return;
  throw unknown(done);
};

/**
 * Two requests: the confirmation page, whose rights cover the whole cascade, and its form.
 * The page comes first because any post to that address deletes, asked or not.
 */
export const destroy = (input: Input<'destroy'>, desk: Desk): Promise<Answer> =>
  desk.caller.exclusive(async () => {
    const object = objectOf(input);
    const path = desk.at.remove(object);
    const page = await readHtml(desk, path, readDeletePage);
    if (!page.canDelete || page.form === null) throw blocked(page);
    const done = await submit(desk, {
      path,
      referer: path,
      token: csrfTokenOf(page.form) ?? page.frame.csrfToken,
      pairs: successfulControls(page.form),
    });
    await assertDeleted(desk, object, done);
    const body: JsonObject = {
      deleted: true,
      object: { pk: keyJson(input.pk), label: deletionLabel(page) ?? input.pk },
      cascade: cascadeJson(page),
      ...(await messagesOf(desk, done)),
    };
    return { status: 200, body };
  });
