import type { Run } from './screen.ts';

const cellWidth = 8.4;
const lineHeight = 19;
const fontSize = 14;
const padding = 18;

const background = '#0d1117';
const border = '#3d444d';
const foreground = '#d1d7e0';
/** The sixteen colours of a terminal, as GitHub shows them on dark. */
const palette = [
  ...['#656c76', '#ff7b72', '#3fb950', '#d29922', '#58a6ff', '#bc8cff', '#39c5cf', '#b1bac4'],
  ...['#8b949e', '#ffa198', '#56d364', '#e3b341', '#79c0ff', '#d2a8ff', '#56d4dd', '#ffffff'],
] as const;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Renderers of SVG do not agree on when several spaces are one. */
const unbreakable = (text: string): string => escaped(text.replaceAll(' ', '\u00a0'));

const attributes = ({ color, bold, dim }: Run): string =>
  [
    color === undefined ? '' : ` fill="${palette[color] ?? foreground}"`,
    bold ? ' font-weight="bold"' : '',
    dim ? ' opacity="0.65"' : '',
  ].join('');

/** Stretched to its cells, so that columns stay columns in whatever font there is. */
const drawn = (run: Run, line: number): string => {
  const text = run.text.trim();
  const before = run.text.length - run.text.trimStart().length;
  const cells = run.cells - (run.text.length - text.length);
  const x = (padding + (run.column + before) * cellWidth).toFixed(1);
  const y = padding + line * lineHeight + fontSize;
  return `<text x="${x}" y="${y}" textLength="${(cells * cellWidth).toFixed(1)}"${attributes(run)}>${unbreakable(text)}</text>`;
};

/** @param columns the terminal's width */
export const svgOf = (
  lines: readonly (readonly Run[])[],
  columns: number,
  title: string,
): string => {
  const width = Math.ceil(columns * cellWidth + 2 * padding);
  const height = lines.length * lineHeight + 2 * padding;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">`,
    '<!-- Made from docs/session.cast by npm run picture. -->',
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="10" fill="${background}" stroke="${border}"/>`,
    `<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace" font-size="${fontSize}" fill="${foreground}">`,
    ...lines.flatMap((runs, line) => runs.map((run) => drawn(run, line))),
    '</g>',
    '</svg>',
  ].join('\n')}\n`;
};
