import { createStockUpstream } from '../../../src/stock/upstream.ts';
import { describeUsers } from './users.ts';

await describeUsers('stock', createStockUpstream, { env: { SHOP_REST_API: '0' } });
