export { createGateway, type Gateway, type GatewayOptions } from './library.ts';
export { type NodeListener, nodeListener } from './node-listener.ts';
export { GatewayError, type Reason } from './operations/errors.ts';
