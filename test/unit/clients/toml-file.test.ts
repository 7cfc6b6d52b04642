import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { clients } from '../../../src/clients/catalogue.ts';
import type { Entry } from '../../../src/clients/entry.ts';
import { putInToml } from '../../../src/clients/toml-file.ts';

const entry = (value: Entry['value']): Entry => ({ value, prompts: [] });
const stdio = entry({ command: 'npx', args: ['-y', 'x'] });
const http = entry({ url: 'http://h/mcp/', env_http_headers: { Cookie: 'C' } });
const put = (text: string, value: Entry, name = 'django-admin') =>
  putInToml(text, clients.codex, name, value);

describe('a TOML file of a client', () => {
  it('keeps every other byte when an entry is added', () => {
    const before = `model = "o" # best

# servers
[mcp_servers.other]
command = 'x'

[mcp_servers.other.env]
A = "1"
`;
    const after = put(before, stdio);
    expect(after.startsWith(before)).toBe(true);
    expect(parse(after)).toEqual({
      ...parse(before),
      mcp_servers: { other: { command: 'x', env: { A: '1' } }, 'django-admin': stdio.value },
    });
  });

  it('replaces an entry with its sub-tables, and leaves the comments of the next one', () => {
    const before = `[mcp_servers.django-admin]
url = "http://old/mcp/"

[mcp_servers.django-admin.env_http_headers]
Cookie = "OLD"

# mine
[mcp_servers."other"]
command = "x"
`;
    const after = put(before, stdio);
    expect(after).toBe(`[mcp_servers.django-admin]
command = "npx"
args = [ "-y", "x" ]

# mine
[mcp_servers."other"]
command = "x"
`);
    expect(put(put(after, http), stdio)).toBe(after);
  });

  it('is the same after a second time, with Windows line ends too', () => {
    for (const before of ['', 'a = 1\r\n[b]\r\nc = 2\r\n']) {
      const once = put(before, http);
      expect(put(once, http)).toBe(once);
      expect(once.replaceAll('\r\n', '').includes('\n')).toBe(before === '');
    }
  });

  it('is not touched when it is broken or writes its servers in another way', () => {
    expect(() => put('a = ', stdio)).toThrow(/not valid TOML/);
    for (const before of [
      'mcp_servers = { django-admin = { command = "old" } }\n',
      'mcp_servers.django-admin.command = "old"\n',
      '[mcp_servers]\ndjango-admin = { command = "old" }\n',
      'text = """\n[mcp_servers.django-admin]\n"""\n',
    ])
      expect(() => put(before, stdio)).toThrow(/nothing was written/);
  });
});
