import { versionOfRow } from './version.ts';

/** Most objects that a plan names; its digest stands for all of them. */
export const maxPlanned = 50;

/** Another one as soon as one of the objects is another, or not as it was. */
export const digestOfVersions = (versions: readonly string[]): string =>
  versionOfRow(JSON.stringify(versions));

/** What a form says of a value before it is sent. */
export const isRequired = 'It is required.';
export const isTooLong = (most: number): string => `It takes at most ${most} characters.`;
