import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clients } from '../../../src/clients/catalogue.ts';
import type { Entry } from '../../../src/clients/entry.ts';
import { hasComments, parseJsonFile, putInJson } from '../../../src/clients/json-file.ts';

const entry: Entry = { value: { command: 'npx', args: ['-y', 'x'] }, prompts: [] };
const prompted: Entry = {
  ...entry,
  prompts: [{ type: 'promptString', id: 'pw', description: 'Password', password: true }],
};

describe('a JSON file of a client', () => {
  it('keeps its comments, its order and its other servers', () => {
    const before = `{
  // theme
  "theme": "dark", /* really */
  "context_servers": {
    "other": { "command": "other" } // mine
  },
  "last": [1, 2,],
}
`;
    const after = putInJson(before, clients.zed, 'django-admin', entry);
    expect(after).toBe(`{
  // theme
  "theme": "dark", /* really */
  "context_servers": {
    "other": { "command": "other" }, // mine
    "django-admin": {
      "command": "npx",
      "args": [
        "-y",
        "x"
      ]
    }
  },
  "last": [1, 2,],
}
`);
  });

  it('is the same after a second time', () => {
    const once = putInJson('', clients.vscode, 'a', prompted);
    expect(putInJson(once, clients.vscode, 'a', prompted)).toBe(once);
  });

  it('has an entry replaced where it stands', () => {
    const before = '{"mcpServers": {"a": {"command": "old"}, "b": {"command": "b"}}}';
    const after = putInJson(before, clients.cursor, 'a', entry);
    expect(Object.keys(JSON.parse(after).mcpServers)).toEqual(['a', 'b']);
    expect(JSON.parse(after).mcpServers.a).toEqual(entry.value);
  });

  it('keeps tabs, Windows line ends and a byte order mark', () => {
    const before = '\uFEFF{\r\n\t"mcpServers": {\r\n\t\t"b": {}\r\n\t}\r\n}\r\n';
    const after = putInJson(before, clients.cursor, 'a', entry);
    expect(
      after.startsWith(
        '\uFEFF{\r\n\t"mcpServers": {\r\n\t\t"b": {},\r\n\t\t"a": {\r\n\t\t\t"command"',
      ),
    ).toBe(true);
    expect(after.replaceAll('\r\n', '')).not.toContain('\n');
  });

  it('gets prompts added once, beside those of other servers', () => {
    const before =
      '{"inputs": [{"id": "theirs"}, {"id": "pw", "description": "old"}], "servers": {}}';
    const after = JSON.parse(putInJson(before, clients.vscode, 'a', prompted));
    expect(after.inputs).toEqual([{ id: 'theirs' }, prompted.prompts[0]]);
  });

  it('is made where there was none', () => {
    for (const text of ['', ' \n'])
      expect(JSON.parse(putInJson(text, clients.cursor, 'a', entry))).toEqual({
        mcpServers: { a: entry.value },
      });
  });

  it('is not touched when it is broken, and the line is named', () => {
    expect(() => putInJson('{\n "a": 1\n "b": 2 }', clients.cursor, 'a', entry)).toThrow(/line 3/);
    for (const text of ['[]', '{"mcpServers": []}'])
      expect(() => putInJson(text, clients.cursor, 'a', entry)).toThrow(/object/);
  });

  it('keeps every value of any other file', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 5 }),
        fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 4 }),
        fc.constantFrom(0, 2, 4, '\t'),
        (others, servers, indent) => {
          const before = { ...others, mcpServers: servers };
          const text = JSON.stringify(before, null, indent);
          const after: unknown = JSON.parse(putInJson(text, clients.cursor, 'ours', entry));
          const plain = JSON.parse(text) as { mcpServers: object };
          expect(after).toEqual({
            ...plain,
            mcpServers: { ...plain.mcpServers, ours: entry.value },
          });
        },
      ),
    );
  });

  it('tells comments and trailing commas from plain JSON', () => {
    expect([hasComments('{"a": 1}'), hasComments('')]).toEqual([false, false]);
    expect([hasComments('{"a": 1,}'), hasComments('{} // x')]).toEqual([true, true]);
    expect(parseJsonFile('{"a": 1,} // x')).toEqual({ a: 1 });
  });
});
