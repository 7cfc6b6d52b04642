import type { JsonObject } from './json.ts';
import { type Answer, refusal } from './upstream.ts';

const isEmpty = (value: unknown): boolean => !Array.isArray(value) || value.length === 0;

/**
 * Why Django's own delete page would not offer its button, from what a delete preview says;
 * `undefined` where it would.
 */
export const blockedBy = (preview: JsonObject): Answer | undefined => {
  if (!isEmpty(preview['perms_needed']))
    return refusal(
      403,
      'forbidden',
      'Deleting this would delete objects that you may not delete.',
      { ...preview },
    );
  if (!isEmpty(preview['protected']))
    return refusal(409, 'protected', 'Other objects protect this one from being deleted.', {
      ...preview,
    });
  if (preview['can_delete'] === false)
    return refusal(403, 'forbidden', 'You may not delete this.', { ...preview });
  return undefined;
};
