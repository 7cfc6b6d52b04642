/** The table as it is printed. */

const columns = [
  ['verdict', ({ verdict }) => verdict],
  ['what', ({ what }) => what],
  ['figure', ({ figure }) => figure],
  ['against', ({ against }) => against],
  ['theirs', ({ other }) => other],
  ['ratio', ({ ratio }) => (ratio === null ? '' : String(ratio))],
  ['target', ({ target }) => target],
  ['note', ({ note }) => note],
];

/** @param {readonly import('./row.mjs').Row[]} rows */
export const tableOf = (rows) => {
  const cells = [
    columns.map(([name]) => name),
    ...rows.map((row) => columns.map(([, of]) => of(row))),
  ];
  const widths = columns.map((_, at) => Math.max(...cells.map((line) => line[at].length)));
  return cells
    .map((line) =>
      line
        .map((cell, at) => cell.padEnd(widths[at]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

/** @param {readonly import('./row.mjs').Row[]} rows */
export const summaryOf = (rows) => {
  const count = (verdict) => rows.filter((row) => row.verdict === verdict).length;
  return `${count('met')} met, ${count('missed')} missed, ${count('shown')} without a target`;
};
