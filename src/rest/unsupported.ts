import { GatewayError } from '../operations/errors.ts';

/** For what the package has no way to do, and the HTML admin has. */
export const unsupported = (what: string): GatewayError =>
  new GatewayError('unsupported', `This upstream cannot ${what}.`, {
    hint: 'Run the gateway with --upstream stock. Nothing was sent to Django.',
  });
