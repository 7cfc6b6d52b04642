import { createRestUpstream } from '../../../src/rest/upstream.ts';
import { describeUsers } from './users.ts';

await describeUsers('rest', createRestUpstream, {
  extras: ['rest-api'],
  env: { SHOP_REST_API: '1' },
});
