import { homedir } from 'node:os';
import type { Place } from '../clients/client.ts';
import type { Machine } from '../clients/lint/finding.ts';
import { findProgram } from '../programs.ts';

export const here = (): Place => ({
  platform: process.platform,
  home: homedir(),
  cwd: process.cwd(),
  env: process.env,
});

export const thisMachine = (): Machine => ({
  place: here(),
  hasCommand: (command) => findProgram(command) !== undefined,
});
