import { mkdir, rm } from 'node:fs/promises';
import { delimiter, dirname } from 'node:path';
import { installApplications } from '../clients/install.ts';
import { installPacked } from '../lib/packed.mjs';
import { startShop } from '../lib/shop.mjs';

/** These two are seen in the pictures, so they are what a person could have. */
const home = '/tmp/ana';
const port = 8000;

export const adminUrl = `http://localhost:${port}/admin/`;

export interface Ground {
  readonly home: string;
  /** The folder with the commands of the packed package. */
  readonly bin: string;
  /** What a shell of its user has. */
  readonly env: Readonly<Record<string, string>>;
}

/** The packed package in a home directory of its own, and the shop; both are gone afterwards. */
export const onGround = async (work: (ground: Ground) => Promise<void>): Promise<void> => {
  await installApplications();
  await mkdir(home); // Fails where somebody else's is.
  try {
    const { bin } = await installPacked(home);
    const shop = await startShop({ django: '5.2', port });
    try {
      const path = [bin, dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter);
      await work({ home, bin, env: { HOME: home, PATH: path, LANG: 'C.UTF-8' } });
    } finally {
      await shop.stop();
    }
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
};
