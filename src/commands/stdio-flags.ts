import { isAbsolute, resolve } from 'node:path';
import { type OptionKey, optionKeys, optionSpec, type Settings } from '../config/options.ts';
import { flagTexts, type ParsedFlags } from './settings.ts';

/** A client starts the server in a folder of its own, so a relative path would lead elsewhere. */
const isPath = (key: OptionKey, text: string): boolean => {
  const { value } = optionSpec(key);
  return value === 'DIR' || value === 'FILE' || (value === 'MODULE' && text.startsWith('.'));
};

/**
 * The given flags once more, as arguments of `stdio`. The admin is named in any case, also
 * when it came from the environment or a file.
 */
export const stdioFlags = (
  settings: Settings,
  flags: ParsedFlags,
  leftOut: readonly OptionKey[],
): string[] => {
  const given = flagTexts(flags);
  const texts: typeof given = {
    ...given,
    ...(settings.ADMIN_SITE === null ? {} : { ADMIN_SITE: [settings.ADMIN_SITE] }),
  };
  const config = flags['config'];
  return [
    ...(config === undefined ? [] : ['--config', resolve(String(config))]),
    ...optionKeys
      .filter((key) => !leftOut.includes(key))
      .flatMap((key) =>
        (texts[key] ?? []).flatMap((text) => {
          const { flag, kind } = optionSpec(key);
          if (kind === 'switch') return [`--${flag}`];
          return [`--${flag}`, isPath(key, text) && !isAbsolute(text) ? resolve(text) : text];
        }),
      ),
  ];
};
