import type { OptionSpec } from '../option-spec.ts';

/** How writes are agreed to, and written down. */
export const writesOptions = {
  CONFIRM: {
    kind: 'choice',
    choices: ['auto', 'always', 'never'],
    flag: 'confirm',
    value: 'WHEN',
    default: 'auto',
    group: 'Writes',
    help: 'Who agrees to a destructive call: "auto" asks the person where the client can, and takes two steps where it cannot; "always" refuses without a person; "never" asks nobody.',
  },
  CONFIRM_ROWS: {
    kind: 'integer',
    min: 1,
    max: 1000,
    flag: 'confirm-rows',
    value: 'ROWS',
    default: 20,
    group: 'Writes',
    help: 'A bulk_update of more objects than this has to be confirmed.',
  },
  CONFIRM_SECONDS: {
    kind: 'integer',
    min: 10,
    max: 3600,
    flag: 'confirm-seconds',
    value: 'SECONDS',
    default: 300,
    group: 'Writes',
    help: 'How long a question stays open.',
  },
  SIGNING_KEY: {
    kind: 'text',
    default: null,
    secret: true,
    group: 'Writes',
    help: 'What open questions and upload tickets are signed with: 32 characters or more, the same on all replicas. Default: a new one with each start.',
  },
  AUDIT_FILE: {
    kind: 'text',
    flag: 'audit-file',
    value: 'FILE',
    default: null,
    group: 'Writes',
    help: 'A line of JSON for each call is appended to it: who, what, which objects and fields, how it ended. Never a value.',
  },
} as const satisfies Readonly<Record<string, OptionSpec>>;
