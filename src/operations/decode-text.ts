/** What windows-1252 has from 0x80 to 0x9F (WHATWG Encoding, "index windows-1252"). */
const upperHalf = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const controls = /[\u0080-\u009f]/g;

export interface DecodedText {
  readonly text: string;
  /** The standard's name of the charset: `windows-1252` for Latin-1. */
  readonly charset: string;
}

/**
 * Text in the charset of a label, such as `utf-8`.
 *
 * @throws RangeError for an unknown label; TypeError for bytes that do not fit, if `fatal`
 */
export const decodeBytes = (bytes: Uint8Array, label: string, fatal: boolean): DecodedText => {
  const decoder = new TextDecoder(label, { fatal });
  const text = decoder.decode(bytes);
  const charset = decoder.encoding;
  // Node takes windows-1252 for Latin-1 and makes controls of € and quotes (measured on 20.20).
  return charset === 'windows-1252'
    ? { charset, text: text.replace(controls, (c) => upperHalf[c.charCodeAt(0) - 0x80] ?? c) }
    : { charset, text };
};
