/** Longest file name taken or written, in bytes of UTF-8: what most file systems take. */
const maxNameBytes = 255;

/** Separators, control characters, and those that turn text around so that "gpj.exe" reads "exe.jpg". */
const unfit = /[/\\\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** Whether a text can name a file in any folder, and nothing but a file in that folder. */
export const isFileName = (name: string): boolean =>
  name.trim() !== '' &&
  name !== '.' &&
  name !== '..' &&
  !unfit.test(name) &&
  Buffer.byteLength(name) <= maxNameBytes;

/** Names that Windows takes for devices, whatever their extension. */
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/** Room for the number that keeps a second file of the same name apart, in bytes. */
const roomForNumber = 8;

/** The end of a name without its extension's dot; '' without one. */
const extensionOf = (name: string): string => /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? '';

const shortened = (name: string): string => {
  const extension = extensionOf(name);
  const stem = Buffer.from(name.slice(0, name.length - extension.length));
  const kept = stem.subarray(0, maxNameBytes - roomForNumber - extension.length);
  // A character that was cut in the middle is left out.
  return kept.toString('utf8').replace(/\ufffd+$/, '') + extension;
};

/**
 * A name that Django or a project gave, as one that is safe to write and to show: its last
 * part, without hidden or reserved meaning. `download` where nothing is left.
 */
export const cleanFileName = (name: string): string => {
  const last = name.slice(0, 4096).split(/[/\\]/).at(-1) ?? '';
  const plain = [...last]
    .filter((character) => !unfit.test(character))
    .join('')
    .replace(/[<>:"|?*]/g, '_')
    .trim()
    .replace(/^\.+/, '')
    .replace(/[. ]+$/, '');
  const safe = devices.test(plain) ? `_${plain}` : plain;
  return shortened(safe) || 'download';
};

/** `a.csv`, `a-2.csv`, `a-3.csv`: the name of the `count`th file that would have it. */
export const numberedFileName = (name: string, count: number): string => {
  if (count === 1) return name;
  const extension = extensionOf(name);
  return `${name.slice(0, name.length - extension.length)}-${count}${extension}`;
};
