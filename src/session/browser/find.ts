import { join } from 'node:path';
import { GatewayError } from '../../operations/errors.ts';
import { findProgram } from '../../programs.ts';

const onLinux = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'microsoft-edge-stable',
  'brave-browser',
] as const;

const onMac = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'Brave Browser.app/Contents/MacOS/Brave Browser',
] as const;

const onWindows = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
  'Chromium\\Application\\chrome.exe',
] as const;

const candidates = (
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): readonly string[] => {
  if (platform === 'darwin')
    return ['/Applications', join(env['HOME'] ?? '', 'Applications')].flatMap((folder) =>
      onMac.map((path) => join(folder, path)),
    );
  if (platform === 'win32')
    return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
      const folder = env[name];
      return folder === undefined ? [] : onWindows.map((path) => join(folder, path));
    });
  return onLinux;
};

/**
 * A browser of this machine that speaks the DevTools protocol.
 *
 * @param given its path or name, instead of the usual ones
 * @throws GatewayError `config` where there is none
 */
export const findBrowser = (
  given?: string,
  platform: NodeJS.Platform = process.platform,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string => {
  const names = given === undefined ? candidates(platform, env) : [given];
  for (const name of names) {
    const path = findProgram(name, env);
    if (path !== undefined) return path;
  }
  throw new GatewayError(
    'config',
    given === undefined
      ? 'No Chrome, Chromium or Edge was found on this machine.'
      : 'That browser cannot be started.',
    {
      hint: 'Name one with --browser-path, or log in with any browser and use "login --cookie".',
    },
  );
};
