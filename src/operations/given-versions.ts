import { GatewayError } from './errors.ts';
import { parseVersion, type Version } from './version.ts';

/** What a caller read of many objects, by key. */
export type Versions = ReadonlyMap<string, Version>;

const pointerOf = (pk: string): string =>
  `/versions/${pk.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** @throws GatewayError `input` for what is no version, and for a version of another object */
export const givenVersions = (
  versions: Readonly<Record<string, string>> | undefined,
  pks: readonly string[],
): Versions => {
  const keys = new Set(pks);
  return new Map(
    Object.entries(versions ?? {}).map(([pk, text]) => {
      const pointer = pointerOf(pk);
      if (keys.has(pk)) return [pk, parseVersion(text, pointer)] as const;
      const message = 'is not among the pks';
      throw new GatewayError('input', `Invalid arguments: ${pointer} ${message}.`, {
        hint: 'Versions go with pks: one for each object that was read, none with select_across.',
        details: { errors: [{ pointer, message }] },
      });
    }),
  );
};
