import { describeMatrixCell } from './describe-cell.ts';

for (const theme of ['unfold', 'jazzmin', 'grappelli'] as const)
  await describeMatrixCell({ django: '5.2', theme, language: 'en' });
