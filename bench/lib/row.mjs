/** One line of the table: what was measured, against whom, and whether it is good enough. */

/**
 * @typedef {object} Row
 * @property {string} what
 * @property {string} figure ours, with its unit
 * @property {string} against whom or what
 * @property {string} other theirs, with its unit
 * @property {number | null} ratio ours to theirs; null where only the figure counts
 * @property {string} target in words
 * @property {'met' | 'missed' | 'shown'} verdict `shown`: nothing was promised
 * @property {boolean} headline whether the README shows it
 * @property {string} note
 */

const rounded = (value) => Number(value.toPrecision(3));

/**
 * @param {object} facts
 * @param {string} facts.what
 * @param {string} facts.figure
 * @param {string} [facts.against]
 * @param {string} [facts.other]
 * @param {number} [facts.ratio]
 * @param {number} [facts.value] judged in the place of the ratio
 * @param {number} [facts.atMost]
 * @param {number} [facts.atLeast]
 * @param {string} [facts.unit] of the target, where it is not a ratio
 * @param {boolean} [facts.headline]
 * @param {string} [facts.note]
 * @returns {Row}
 */
export const rowOf = ({
  what,
  figure,
  against = '',
  other = '',
  ratio,
  value = ratio,
  atMost,
  atLeast,
  unit = '',
  headline = false,
  note = '',
}) => {
  const target =
    atMost !== undefined
      ? `≤ ${atMost}${unit}`
      : atLeast !== undefined
        ? `≥ ${atLeast}${unit}`
        : '';
  const isMet =
    value !== undefined &&
    (atMost === undefined || value <= atMost) &&
    (atLeast === undefined || value >= atLeast);
  return {
    what,
    figure,
    against,
    other,
    ratio: ratio === undefined ? null : rounded(ratio),
    target,
    verdict: target === '' ? 'shown' : isMet ? 'met' : 'missed',
    headline,
    note,
  };
};
