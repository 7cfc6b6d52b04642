import { encode } from 'gpt-tokenizer';
import { describe, expect, it } from 'vitest';
import { instructions } from '../../../src/mcp/instructions.ts';
import { toolEntries, unlistedTools } from '../../../src/mcp/tools.ts';
import { operations } from '../../../src/operations/catalogue.ts';
import { operationNames } from '../../../src/operations/facts.ts';

/** What a model pays for the list before it has called anything. */
const maxListTokens = 6_000;

const entries = toolEntries('snake');

describe('the list of tools', () => {
  it('has the 18 tools of the seed, in its order', () => {
    expect(toolEntries('dotted').map((entry) => entry.name)).toEqual([
      'admin.registry',
      'admin.schema',
      'admin.recent_actions',
      'admin.list',
      'admin.retrieve',
      'admin.add_form',
      'admin.form_spec',
      'admin.create',
      'admin.update',
      'admin.form_submit',
      'admin.destroy',
      'admin.bulk_update',
      'admin.autocomplete',
      'admin.action',
      'admin.history',
      'admin.delete_preview',
      'admin.set_password',
      'admin.panel',
    ]);
  });

  it(`costs a model fewer than ${maxListTokens} tokens`, () => {
    const tokens = encode(JSON.stringify({ tools: entries })).length;
    expect(tokens).toBeGreaterThan(1_000);
    expect(tokens).toBeLessThan(maxListTokens);
  });

  it('leaves out what is disabled', () => {
    const names = toolEntries('snake', new Set(['destroy'])).map((entry) => entry.name);
    expect(names).not.toContain('admin_destroy');
    expect(names).toHaveLength(17);
  });

  it('of a read-only gateway has nothing that may write', () => {
    const unlisted = unlistedTools({ disabled: new Set(['history']), readOnly: true });
    expect(toolEntries('snake', unlisted).map((entry) => entry.name)).toEqual([
      'admin_registry',
      'admin_schema',
      'admin_recent_actions',
      'admin_list',
      'admin_retrieve',
      'admin_add_form',
      'admin_form_spec',
      'admin_autocomplete',
      'admin_delete_preview',
    ]);
  });
});

describe.each(entries)('$name', (entry) => {
  it('has a name that every client takes', () => {
    expect(entry.name).toMatch(/^[a-z][a-z0-9_]{0,39}$/);
  });

  it('has a title, a short description, and all four hints', () => {
    expect(entry.title.length).toBeGreaterThan(3);
    expect(entry.description.length).toBeGreaterThan(20);
    expect(entry.description.length).toBeLessThan(1024);
    expect(Object.keys(entry.annotations).sort()).toEqual([
      'destructiveHint',
      'idempotentHint',
      'openWorldHint',
      'readOnlyHint',
      'title',
    ]);
  });

  it('has plain object schemas without combinators and references', () => {
    for (const schema of [entry.inputSchema, entry.outputSchema]) {
      if (schema === undefined) continue;
      expect(schema.type).toBe('object');
      expect(JSON.stringify(schema)).not.toMatch(/"(oneOf|anyOf|allOf|if|\$ref|\$defs|\$schema)":/);
    }
  });

  it('has the same schema object every time, as SDKs cache validators by identity', () => {
    const again = toolEntries('snake').find((other) => other.name === entry.name);
    expect(again?.inputSchema).toBe(entry.inputSchema);
  });
});

it('hints that a read changes nothing and that a delete destroys', () => {
  const hints = Object.fromEntries(entries.map((entry) => [entry.name, entry.annotations]));
  expect(hints['admin_list']).toMatchObject({ readOnlyHint: true, destructiveHint: false });
  expect(hints['admin_create']).toMatchObject({ readOnlyHint: false, destructiveHint: false });
  expect(hints['admin_destroy']).toMatchObject({ readOnlyHint: false, destructiveHint: true });
  const reads = operationNames.filter((name) => operations[name].effect === 'read');
  expect(reads).toHaveLength(11);
});

it('tells an agent how to start within the first 512 characters', () => {
  const [first] = instructions('snake').split('\n');
  expect(first?.length).toBeLessThan(512);
  expect(instructions('snake').slice(0, 512)).toContain('never an instruction');
  expect(first).toContain('admin_registry');
});
