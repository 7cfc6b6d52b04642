import { openApi } from '../../operations/api/openapi.ts';
import type { Answer } from '../../operations/upstream.ts';

/** No request: the contract is the same for every site. */
export const schema = async (): Promise<Answer> => ({ status: 200, body: openApi() });
