/** pino's numbers. */
const names: Readonly<Record<number, string>> = {
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
};

const shown = (value: unknown): string =>
  typeof value === 'string' && /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);

/** A line of pino's JSON for people: `09:41:33.120 info mcp.tools_call tool=list status=200`. */
export const prettyLine = (line: string): string => {
  const { level, time, msg, stack, ...fields } = JSON.parse(line) as Readonly<
    Record<string, unknown>
  >;
  const at = new Date(Number(time)).toISOString().slice(11, 23);
  const facts = Object.entries(fields).map(([name, value]) => ` ${name}=${shown(value)}`);
  const frames = typeof stack === 'string' ? `\n${stack}` : '';
  return `${at} ${names[Number(level)] ?? level} ${msg}${facts.join('')}${frames}\n`;
};
