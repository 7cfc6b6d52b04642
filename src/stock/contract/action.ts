import type { JsonObject } from '../../operations/json.ts';
import type { ActionOption, PageLink } from '../pages/types/shared.ts';

/** `requires_confirmation` is the REST API's guess by name; the truth is what the action answers. */
export const actionJson =
  (target: 'batch' | 'detail') =>
  ({ name, label }: ActionOption): JsonObject => ({
    name,
    label,
    description: label,
    requires_confirmation: `${label} ${name}`.toLowerCase().includes('delete'),
    target,
  });

/** Pages of the project's own; following one may change data, so nobody does unasked. */
export const customViewJson = ({ label, href, target }: PageLink): JsonObject => ({
  name: target.kind === 'custom' ? target.name : null,
  label,
  url: href,
  level: target.kind === 'custom' && target.pk === null ? 'changelist' : 'object',
});
