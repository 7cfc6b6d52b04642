/** A recording as asciinema plays it: https://docs.asciinema.org/manual/asciicast/v2/ */
export interface Cast {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** What the terminal got, and when, in seconds from the start. */
  readonly output: readonly (readonly [seconds: number, text: string])[];
}

export const formatCast = ({ output, ...header }: Cast): string =>
  [{ version: 2, ...header }, ...output.map(([at, text]) => [at, 'o', text])]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');

export const parseCast = (text: string): Cast => {
  const [header = '', ...events] = text.trimEnd().split('\n');
  const { width, height, title } = JSON.parse(header) as Omit<Cast, 'output'>;
  const output = events
    .map((event) => JSON.parse(event) as [number, string, string])
    .map(([at, , data]) => [at, data] as const);
  return { width, height, title, output };
};
