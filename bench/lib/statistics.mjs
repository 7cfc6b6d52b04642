/** Numbers of several runs, told by their middle and their spread. */

/** @param {readonly number[]} values @param {number} share 0.5 for the middle */
export const quantile = (values, share) => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};

/** @param {readonly number[]} values */
export const median = (values) => quantile(values, 0.5);

/** @param {readonly number[]} values */
export const sum = (values) => values.reduce((total, value) => total + value, 0);

/** The middle one of ratios that weigh the same whichever way round they are taken. */
export const geometricMean = (values) =>
  Math.exp(sum(values.map((value) => Math.log(value))) / values.length);

/** Three digits, without an exponent. */
export const short = (value) =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);

/** `7.1 ms (6.6-9.0)`: the middle, and where four fifths of the values lie. */
export const spread = (values, unit) =>
  `${short(median(values))} ${unit} (${short(quantile(values, 0.1))}-${short(quantile(values, 0.9))})`;
