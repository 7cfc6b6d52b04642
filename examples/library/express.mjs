/**
 * A gateway inside an Express app.
 * ADMIN_SITE=https://shop.example/admin/ PORT=8808 node express.mjs
 */
import { createGateway, nodeListener } from 'django-admin-mcp-api';
import express from 'express';

const gateway = createGateway({ ADMIN_SITE: process.env.ADMIN_SITE, PREFIX: '/staff/' });
const listener = nodeListener(gateway);

const app = express();
// Before express.json(): the gateway reads the bodies itself. Not app.use('/staff', …), which
// would take the prefix off the address.
app.use((request, response, next) => {
  if (request.path.startsWith('/staff/')) listener(request, response);
  else next();
});
app.use(express.json());
app.get('/', (_, response) => response.send('the app itself'));

const server = app.listen(Number(process.env.PORT), '127.0.0.1');

process.once('SIGTERM', () => {
  server.close(() => gateway.close());
});
