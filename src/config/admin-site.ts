import { GatewayError } from '../operations/errors.ts';
import type { Settings } from './options.ts';

/** @throws GatewayError `config` where no admin is named */
export const adminSiteOf = ({ ADMIN_SITE }: Pick<Settings, 'ADMIN_SITE'>): string => {
  if (ADMIN_SITE !== null) return ADMIN_SITE;
  throw new GatewayError('config', 'No admin is given.', {
    hint: 'Name it with --url https://your.site/admin/ or DJANGO_ADMIN_MCP_API_ADMIN_SITE.',
  });
};
