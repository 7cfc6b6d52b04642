/** "Order lines" and `orderline_set` as Django names the model: `orderlines`, `orderline_set`. */
const folded = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** What a name may be the plural of, and the name itself, as model names are written. */
export const likelyModels = (name: string): readonly string[] => {
  const whole = folded(name);
  const shorter = [/ies$/.test(whole) ? whole.replace(/ies$/, 'y') : '', whole.replace(/e?s$/, '')];
  return [...new Set([whole, whole.replace(/s$/, ''), ...shorter])].filter((each) => each !== '');
};
