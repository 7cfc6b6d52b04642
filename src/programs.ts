import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
};

/** The path of a program, given by path or by a name to be found on PATH. */
export const findProgram = (
  name: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined => {
  if (isAbsolute(name)) return isProgram(name) ? name : undefined;
  const endings = process.platform === 'win32' ? (env['PATHEXT'] ?? '.EXE;.CMD').split(';') : [''];
  for (const folder of (env['PATH'] ?? '').split(delimiter))
    for (const ending of folder === '' ? [] : endings) {
      const path = join(folder, name + ending);
      if (isProgram(path)) return path;
    }
  return undefined;
};
