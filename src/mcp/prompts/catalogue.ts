import type { OperationName } from '../../operations/catalogue.ts';
import { type ToolNames, toolName } from '../../operations/names.ts';

/** An argument of a prompt: always text. `model` is completed from the registry. */
export interface PromptArgument {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
}

type Name = (operation: OperationName) => string;

/** A task that people repeat, told to the model in terms of the tools. */
export interface PromptEntry {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** It is offered where all of these are. */
  readonly needs: readonly OperationName[];
  readonly arguments: readonly PromptArgument[];
  readonly text: (tool: Name, given: Readonly<Record<string, string>>) => string;
}

const model: PromptArgument = {
  name: 'model',
  description: 'As app.model, such as auth.user.',
  required: true,
};

/** Every one names the tools it needs, so that none is looked for. */
export const prompts: readonly PromptEntry[] = [
  {
    name: 'fix_record',
    title: 'Find and fix a record',
    description: 'Find one record, show what would change, and change it once you agree.',
    needs: ['list', 'retrieve', 'form_spec', 'update'],
    arguments: [
      model,
      { name: 'record', description: 'Which one: a name, number or key.', required: true },
      { name: 'change', description: 'What should be different.', required: true },
    ],
    text: (tool, { model, record, change }) =>
      [
        `In the Django admin, find one record of ${model}: ${record}`,
        `What should be different: ${change}`,
        '',
        `1. Look for it with ${tool('list')}. If several fit, ask me which one.`,
        `2. Read it with ${tool('retrieve')}, and the fields that can be set with ${tool('form_spec')}.`,
        `3. Call ${tool('update')} with dry_run and the version you read. Show me each old and new value.`,
        `4. Only when I agree: ${tool('update')} again without dry_run. Then tell me what the answer says was saved.`,
      ].join('\n'),
  },
  {
    name: 'review_recent_actions',
    title: 'Review my recent actions',
    description: 'What you lately added, changed or deleted in the admin, and what looks odd.',
    needs: ['recent_actions', 'history', 'retrieve'],
    arguments: [
      { name: 'focus', description: 'What to look out for, such as prices.', required: false },
    ],
    text: (tool, { focus }) =>
      [
        'Review what I lately did in the Django admin.',
        ...(focus === undefined ? [] : [`Look out for: ${focus}`]),
        '',
        `1. Read the log with ${tool('recent_actions')}.`,
        `2. For what was changed, see who else did what with ${tool('history')}, and how it is now with ${tool('retrieve')}.`,
        '3. Tell me in a short table what was done when, then what looks like a mistake and why. Change nothing.',
      ].join('\n'),
  },
  {
    name: 'prepare_bulk_edit',
    title: 'Prepare a bulk edit',
    description: 'Choose records, show what would change in each, and change them once you agree.',
    needs: ['list', 'bulk_update'],
    arguments: [
      model,
      { name: 'which', description: 'Which records, such as drafts of last year.', required: true },
      { name: 'change', description: 'What should be different in all of them.', required: true },
    ],
    text: (tool, { model, which, change }) =>
      [
        `In the Django admin, prepare the same change to many records of ${model}: ${which}`,
        `What should be different: ${change}`,
        '',
        `1. Choose them with the filters and the search of ${tool('list')}. Tell me how many there are and which filters you used.`,
        `2. Check that the columns to set are editable in that list. If not, say so, and offer an action of the list that does it.`,
        `3. Call ${tool('bulk_update')} with dry_run and the versions of the rows. Show me what would change.`,
        `4. Only when I agree: ${tool('bulk_update')} again without dry_run. Then tell me what the answer says was saved.`,
      ].join('\n'),
  },
];

/** What a face that lists only some tools can offer. */
export const offeredPrompts = (unlisted: ReadonlySet<OperationName>): readonly PromptEntry[] =>
  prompts.filter(({ needs }) => !needs.some((operation) => unlisted.has(operation)));

export const promptText = (
  { text }: PromptEntry,
  style: ToolNames,
  given: Readonly<Record<string, string>>,
): string => text((operation) => toolName(operation, style), given);
