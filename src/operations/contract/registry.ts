import * as z from 'zod';
import { actionEntry, customView, permissions } from './shared.ts';

const model = z.looseObject({
  /** Of its group; in a regrouped index (`get_app_list`) not the one to call tools with. */
  app_label: z.string(),
  /** The one to call tools with. */
  real_app_label: z.string(),
  model_name: z.string(),
  object_name: z.string().nullish(),
  verbose_name: z.string().nullish(),
  verbose_name_plural: z.string(),
  permissions,
  actions: z.array(actionEntry).nullish(),
  custom_views: z.array(customView).optional(),
});

const app = z.looseObject({
  name: z.string(),
  app_label: z.string(),
  verbose_name: z.string().optional(),
  /** True when the project made the group up. */
  is_group: z.boolean().nullish(),
  models: z.array(model),
});

export const registryBody = z.looseObject({
  /** URL prefix before `api/v1/`. */
  mount: z.string().nullish(),
  user: z.looseObject({
    id: z.union([z.string(), z.number()]).nullish(),
    username: z.string().nullish(),
    display_name: z.string().nullish(),
    is_staff: z.boolean().nullish(),
    is_superuser: z.boolean().nullish(),
  }),
  apps: z.array(app),
});
