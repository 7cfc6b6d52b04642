import { describeMatrixCell } from './describe-cell.ts';

for (const language of ['de', 'ar', 'zh-hans'] as const)
  await describeMatrixCell({ django: '5.2', theme: 'stock', language });
