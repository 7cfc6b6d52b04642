import type { Input } from '../../operations/catalogue.ts';
import type { JsonObject } from '../../operations/json.ts';
import type { Answer } from '../../operations/upstream.ts';
import { createNotes, notInHtml } from '../contract/notes.ts';
import type { Desk } from '../desk/desk.ts';
import { adminHtmlOf, visit } from '../desk/visit.ts';
import { readIndexPage } from '../pages/index-page.ts';
import type { IndexModel } from '../pages/types/others.ts';

interface Group {
  readonly label: string | null;
  readonly slug: string | null;
  readonly models: readonly IndexModel[];
}

/** Models under the headings of the index, in its order. */
const groupsOf = (models: readonly IndexModel[]): Group[] => {
  const groups = new Map<string, IndexModel[]>();
  for (const model of models) {
    const { label, slug } = model.group;
    // A theme without headings leaves the app label of the address.
    const key = JSON.stringify([label, slug ?? (label === null ? model.appLabel : null)]);
    groups.set(key, [...(groups.get(key) ?? []), model]);
  }
  return [...groups.values()].map((members) => ({
    label: members[0]?.group.label ?? null,
    slug: members[0]?.group.slug ?? null,
    models: members,
  }));
};

const modelJson = (model: IndexModel, groupLabel: string): JsonObject => ({
  app_label: groupLabel,
  model_name: model.modelName,
  object_name: null,
  verbose_name: null,
  verbose_name_plural: model.label,
  permissions: {
    // A model that one may only add to has no link to its list.
    view: model.canList,
    add: model.canAdd,
    change: model.canList ? model.canChange : false,
    delete: null,
  },
  actions: null,
  real_app_label: model.appLabel,
});

const groupJson = ({ label, slug, models }: Group): JsonObject => {
  const appLabel = slug ?? models[0]?.appLabel ?? '';
  const name = label ?? appLabel;
  return {
    name,
    app_label: appLabel,
    verbose_name: name,
    is_group: slug === null ? null : models.every((model) => model.appLabel !== slug),
    models: models.map((model) => modelJson(model, appLabel)),
  };
};

/** One request: the index. */
export const registry = async (_: Input<'registry'>, desk: Desk): Promise<Answer> => {
  const seen = await visit(desk, desk.at.index);
  const page = readIndexPage(adminHtmlOf(seen), seen.address);
  const notes = createNotes();
  for (const key of ['user.id', 'user.username', 'user.is_superuser', 'apps.models.object_name'])
    notes.add(key, notInHtml);
  notes.add('apps.models.actions', 'see list');
  notes.add('apps.models.verbose_name', 'see list');
  notes.add('apps.models.permissions.delete', 'see list and retrieve');
  if (page.models.some(({ canChange }) => canChange === null))
    notes.add('apps.models.permissions.change', 'this theme does not tell; see list');
  return {
    status: 200,
    body: {
      mount: null,
      admin_url: desk.adminPath,
      user: {
        id: null,
        username: null,
        display_name: page.frame.userName,
        // Django shows the index to staff only.
        is_staff: true,
        is_superuser: null,
      },
      apps: groupsOf(page.models).map(groupJson),
      ...notes.json(),
    },
  };
};
