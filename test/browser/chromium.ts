import { type Browser, chromium } from 'playwright-core';
import { chromium as executablePath } from '../../scripts/lib/programs.mjs';

/** What a browser needs without a screen, as root, and to stay off the network. */
export const quietFlags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
] as const;

/** A headless browser that asks nobody but the pages of the test. */
export const startBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: executablePath ?? '', args: [...quietFlags] });
