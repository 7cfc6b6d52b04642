/**
 * A gateway inside a Hono app.
 * ADMIN_SITE=https://shop.example/admin/ PORT=8808 node hono.mjs
 */
import { serve } from '@hono/node-server';
import { createGateway } from 'django-admin-mcp-api';
import { Hono } from 'hono';

const gateway = createGateway({ ADMIN_SITE: process.env.ADMIN_SITE, PREFIX: '/staff/' });

const app = new Hono();
app.get('/', (context) => context.text('the app itself'));
app.all('/staff/*', (context) => gateway.fetch(context.req.raw));

const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(process.env.PORT) });

process.once('SIGTERM', () => {
  server.close(() => gateway.close());
});
