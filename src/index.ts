export { createGateway, type Gateway, type GatewayOptions } from './gateway.ts';
export { GatewayError, type Reason } from './operations/errors.ts';
export type { Answer, AnswerFile, Context, Upstream } from './operations/upstream.ts';
