/** The denylist of django-admin-rest-api, by which it neither shows nor takes a field. */
const words = [
  'password',
  'secret',
  'token',
  'api_key',
  'apikey',
  'hash',
  'private_key',
  'session',
  'nonce',
  'salt',
] as const;

/** Such fields are neither shown nor taken; in a form they still travel back as they came. */
export const isSensitive = (name: string): boolean => {
  const lower = name.toLowerCase();
  return words.some((word) => lower.includes(word));
};
