import { Hono } from 'hono';
import { notAllowed } from './errors.ts';
import type { Health } from './health.ts';
import type { Metrics } from './metrics.ts';

/** `/healthz`, `/readyz` and, where there are metrics to show, `/metrics`: no session needed, no secret in them. */
export const createStatusRoutes = (health: Health, metrics: Metrics | undefined): Hono => {
  const app = new Hono({ strict: false });
  app.get('/healthz', () => health.live());
  app.get('/readyz', () => health.ready());
  if (metrics !== undefined)
    app.get(
      '/metrics',
      async () =>
        new Response(await metrics.text(), { headers: { 'content-type': metrics.contentType } }),
    );
  for (const path of ['/healthz', '/readyz', ...(metrics === undefined ? [] : ['/metrics'])])
    app.all(path, () => notAllowed('GET'));
  return app;
};
