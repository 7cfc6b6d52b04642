import { ahead } from '../../operations/ahead.ts';
import type { Input } from '../../operations/catalogue.ts';
import { GatewayError } from '../../operations/errors.ts';
import type { JsonObject } from '../../operations/json.ts';
import type { Answer } from '../../operations/upstream.ts';
import type { Version } from '../../operations/version.ts';
import { cascadeJson, deletionJson, deletionLabel } from '../contract/deletion.ts';
import { keyJson } from '../contract/key.ts';
import { modelJson, objectOf } from '../contract/model.ts';
import { versionJson } from '../contract/object.ts';
import type { Desk } from '../desk/desk.ts';
import { messagesOf } from '../desk/drain.ts';
import { openForm } from '../desk/open-form.ts';
import { forbidden, notFound, type Refused, refused } from '../desk/refused.ts';
import { submit } from '../desk/submit.ts';
import { detailsOf, readHtml, type Visit, visit } from '../desk/visit.ts';
import { csrfTokenOf, successfulControls } from '../forms/successful.ts';
import { readDeletePage } from '../pages/delete-page.ts';
import type { DeletePage } from '../pages/types/others.ts';
import type { ObjectRef } from '../pages/types/shared.ts';
import { checkVersion, givenVersion } from '../write/check-version.ts';

const inTheWay = (page: DeletePage): string =>
  page.protectedObjects.length > 0
    ? 'Other objects protect this one from deletion.'
    : 'This user may not delete everything that would go with it.';

const blocked = (page: DeletePage): Refused =>
  page.protectedObjects.length > 0
    ? refused(409, 'protected', inTheWay(page), deletionJson(page))
    : forbidden(inTheWay(page), deletionJson(page));

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

/** The object's own page, for its version; the confirmation page shows none of its values. */
const checkedVersion = async (
  desk: Desk,
  { pk, ...model }: ObjectRef,
  version: Version | undefined,
): Promise<JsonObject> => {
  if (version === undefined) return {};
  const open = await openForm(desk, model, pk);
  await checkVersion(desk, open, version);
  return versionJson(open);
};

const labelledJson = (page: DeletePage, pk: string): JsonObject => ({
  pk: keyJson(pk),
  label: deletionLabel(page) ?? pk,
});

/** What would go with the object, or what is in the way. */
const planned = (page: DeletePage, object: ObjectRef, version: JsonObject): Answer => {
  const named = labelledJson(page, object.pk);
  return {
    status: 200,
    body: {
      dry_run: true,
      ...modelJson(object),
      ...named,
      ...version,
      object: named,
      errors: page.canDelete ? {} : { '': [inTheWay(page)] },
      ...deletionJson(page),
    },
  };
};

/**
 * Two requests: the confirmation page, whose rights cover the whole cascade, and its form.
 * The page comes first because any post to that address deletes, asked or not. With a version
 * the object's page is read beside it.
 */
export const destroy = async (input: Input<'destroy'>, desk: Desk): Promise<Answer> => {
  const version = givenVersion(input.version);
  return desk.caller.exclusive(async () => {
    const object = objectOf(input);
    const path = desk.at.remove(object);
    const checking = ahead(checkedVersion(desk, object, version));
    const page = await readHtml(desk, path, readDeletePage);
    const isDryRun = input.dry_run === true;
    const { form } = page;
    const mayDelete = page.canDelete && form !== null;
    if (!mayDelete && !isDryRun) throw blocked(page);
    const current = await checking;
    if (!mayDelete || isDryRun) return planned(page, object, current);
    const done = await submit(desk, {
      path,
      referer: path,
      token: csrfTokenOf(form) ?? page.frame.csrfToken,
      pairs: successfulControls(form),
    });
    await assertDeleted(desk, object, done);
    const body: JsonObject = {
      deleted: true,
      object: labelledJson(page, object.pk),
      cascade: cascadeJson(page),
      ...(await messagesOf(desk, done)),
    };
    return { status: 200, body };
  });
};
