import { posix, win32 } from 'node:path';
import type { Place } from './client.ts';

const joined = (place: Place, ...parts: readonly string[]): string =>
  (place.platform === 'win32' ? win32 : posix).join(...parts);

export const inHome =
  (...parts: readonly string[]) =>
  (place: Place): string =>
    joined(place, place.home, ...parts);

export const inProject =
  (...parts: readonly string[]) =>
  (place: Place): string =>
    joined(place, place.cwd, ...parts);

/** A folder of the home directory that the client lets an environment variable move. */
export const inMovable =
  (variable: string, folder: string, ...parts: readonly string[]) =>
  (place: Place): string => {
    const moved = place.env[variable];
    return moved === undefined || moved === ''
      ? inHome(folder, ...parts)(place)
      : joined(place, moved, ...parts);
  };

/** Where desktop programs keep their settings. */
export const inAppData =
  (...parts: readonly string[]) =>
  (place: Place): string => {
    const { platform, env } = place;
    if (platform === 'darwin') return inHome('Library', 'Application Support', ...parts)(place);
    if (platform === 'win32') {
      const roaming = env['APPDATA'];
      return roaming === undefined
        ? inHome('AppData', 'Roaming', ...parts)(place)
        : joined(place, roaming, ...parts);
    }
    return inMovable('XDG_CONFIG_HOME', '.config', ...parts)(place);
  };
