import { operations } from './catalogue.ts';
import type { Operation } from './define.ts';
import type { OperationFacts } from './facts.ts';

/**
 * Of each operation what needs no schema. The build runs this module and bundles what it
 * exports in its place (`madeByTheBuild` in scripts/build.mjs): the catalogue needs zod, 200 KB
 * that no list of tools has to wait for.
 */
export const catalogueFacts: Readonly<Record<string, OperationFacts>> = Object.fromEntries(
  (Object.values(operations) as unknown as readonly Operation[]).map(
    ({ name, title, description, effect, idempotent, runsProjectPages }) => [
      name,
      {
        ...{ title, description, effect, idempotent },
        ...(runsProjectPages === undefined ? {} : { runsProjectPages }),
      },
    ],
  ),
);
