import type { JsonValue } from '../../operations/json.ts';
import { mapJson } from '../../operations/map-json.ts';

/** What stands in the place of a value. No name, key or password is spelled like it. */
export const mask = '••••••••';

/** Nothing stays nothing, so that one sees whether there is a value; lists show it as a dash. */
const isBlank = (value: JsonValue): boolean =>
  value === null || value === '' || value === '-' || (Array.isArray(value) && value.length === 0);

export const masked = (value: JsonValue): JsonValue => (isBlank(value) ? value : mask);

export const holdsMask = (value: JsonValue): boolean => {
  let found = false;
  mapJson(value, {
    text: (text) => {
      found ||= text.includes(mask);
      return text;
    },
  });
  return found;
};

/**
 * Password hashes as Django stores them (`pbkdf2_sha256$870000$<salt>$<hash>`), as crypt(3) and
 * argon2 write them, and the summary that Django's own form shows of one (its salt and hash end
 * in asterisks, whatever the language of the words between).
 */
const hashes =
  /\b(?:pbkdf2_\w+|bcrypt(?:_\w+)?|scrypt|md5|sha1|argon2)\$[\w$=,.+/*-]{8,}|\$(?:2[abxy]?|argon2(?:id?|d)|[156]|y)\$[\w$=,.+/*-]{16,}|\b(?:pbkdf2_\w+|bcrypt(?:_\w+)?|scrypt|md5|sha1|argon2\w*)\b[^$]{0,400}\*{6}/;
const everyHash = new RegExp(hashes, 'g');

/** The shortest text that is one: `md5******`. */
const shortest = 9;

/** Few texts have either; the pattern itself is slower. */
const suspicious = /\$.{1,64}\$|\*{6}/;

export const maskHashes = (text: string): string =>
  text.length >= shortest && suspicious.test(text) && hashes.test(text)
    ? text.replace(everyHash, mask)
    : text;
