import { expect, it } from 'vitest';
import { prettyLine } from '../../src/log-pretty.ts';

it('a line for people begins with time, level and event, and keeps every fact', () => {
  const line = JSON.stringify({
    level: 40,
    time: Date.UTC(2026, 0, 2, 3, 4, 5, 6),
    tool: 'list',
    client: 'two "words"',
    keys: ['1', '2'],
    status: 200,
    msg: 'mcp.tools_call',
  });
  expect(prettyLine(line)).toBe(
    '03:04:05.006 warn mcp.tools_call tool=list client="two \\"words\\"" keys=["1","2"] status=200\n',
  );
});

it('frames of a fault stand below it', () => {
  const line = JSON.stringify({ level: 50, time: 0, msg: 'http.failed', stack: '  at a\n  at b' });
  expect(prettyLine(line)).toBe('00:00:00.000 error http.failed\n  at a\n  at b\n');
});
