import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GatewayError } from './operations/errors.ts';

/** The folder of this package, with `scripts/` and `examples/`, from source or from dist/. */
export const packageRoot = (): string => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'examples', 'shop', 'manage.py'))) {
    const parent = dirname(folder);
    if (parent === folder)
      throw new GatewayError('internal', 'This installation lacks its examples/shop folder.');
    folder = parent;
  }
  return folder;
};
