export { createGateway, type Gateway, type GatewayOptions } from './library.ts';
export { GatewayError, type Reason } from './operations/errors.ts';
