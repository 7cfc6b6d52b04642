import type { BreakerState } from '../django/breaker.ts';
import type { RequestSample } from '../django/measured.ts';

/** One call that ended. */
export interface CallSample {
  readonly tool: string;
  readonly status: number;
  readonly seconds: number;
}

/** What can be read off a site at any moment. */
export interface SiteGauges {
  readonly running: () => number;
  readonly waiting: () => number;
  /** Sessions that passed the gate within the last seconds. */
  readonly sessions: () => number;
  readonly breaker: () => BreakerState;
}

/** What one site tells about itself. */
export interface SiteMetrics {
  readonly call: (sample: CallSample) => void;
  readonly django: (sample: RequestSample) => void;
  readonly watch: (gauges: SiteGauges) => void;
}

/** What one process has counted, as it can be sent to another. */
export type MetricValues = readonly object[];

export interface Metrics {
  readonly site: (name: string, upstream: string) => SiteMetrics;
  /** The text that Prometheus reads. */
  readonly text: () => Promise<string>;
  readonly values: () => Promise<MetricValues>;
  /** The text for several processes that share the work. */
  readonly sum: (processes: readonly MetricValues[]) => Promise<string>;
  readonly contentType: string;
}

/** Seconds; the gateway's own share of a call is under a millisecond, a slow admin takes seconds. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

const breakerValue = { closed: 0, trial: 1, open: 2 } as const satisfies Record<
  BreakerState,
  number
>;

/**
 * Counters, histograms and gauges for Prometheus, all named `django_admin_mcp_…`. Labels hold
 * names of sites and tools and statuses only: never a model, a key or a user.
 */
export const createMetrics = async (): Promise<Metrics> => {
  // As a whole: a bundled CommonJS module has no names of its own.
  const { default: prometheus } = await import('prom-client');
  const { AggregatorRegistry, Counter, Gauge, Histogram, Registry } = prometheus;
  const registry = new Registry();
  const registers = [registry];
  prometheus.collectDefaultMetrics({ register: registry, prefix: 'django_admin_mcp_' });

  const calls = new Counter({
    name: 'django_admin_mcp_calls_total',
    help: 'Calls by tool, status and upstream.',
    labelNames: ['site', 'upstream', 'tool', 'status'],
    registers,
  });
  const callSeconds = new Histogram({
    name: 'django_admin_mcp_call_seconds',
    help: 'Time of a call, Django included, in seconds.',
    labelNames: ['site', 'tool'],
    buckets,
    registers,
  });
  const djangoSeconds = new Histogram({
    name: 'django_admin_mcp_django_request_seconds',
    help: 'Time of one request to Django, in seconds.',
    labelNames: ['site', 'method', 'status'],
    buckets,
    registers,
  });
  const djangoBytes = new Counter({
    name: 'django_admin_mcp_django_bytes_total',
    help: 'Bytes of bodies that Django sent.',
    labelNames: ['site'],
    registers,
  });
  const watched = new Map<string, SiteGauges>();
  const gauge = (
    name: string,
    help: string,
    read: (gauges: SiteGauges) => number,
    aggregator: 'sum' | 'max' = 'sum',
  ): void => {
    new Gauge({
      name: `django_admin_mcp_${name}`,
      help,
      labelNames: ['site'],
      aggregator,
      registers,
      collect() {
        for (const [site, gauges] of watched) this.set({ site }, read(gauges));
      },
    });
  };
  gauge('calls_running', 'Calls that run now.', ({ running }) => running());
  gauge('calls_waiting', 'Calls that wait for a slot.', ({ waiting }) => waiting());
  gauge('sessions', 'Sessions that passed the gate within the last seconds.', ({ sessions }) =>
    sessions(),
  );
  gauge(
    'breaker',
    'The breaker before Django: 0 closed, 1 trying, 2 open.',
    ({ breaker }) => breakerValue[breaker()],
    'max',
  );

  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    values: () => registry.getMetricsAsJSON(),
    sum: (processes) => AggregatorRegistry.aggregate([...processes]).metrics(),
    site: (site, upstream) => ({
      call: ({ tool, status, seconds }) => {
        calls.inc({ site, upstream, tool, status });
        callSeconds.observe({ site, tool }, seconds);
      },
      django: ({ method, status, seconds, bytes }) => {
        djangoSeconds.observe({ site, method, status }, seconds);
        djangoBytes.inc({ site }, bytes);
      },
      watch: (gauges) => {
        watched.set(site, gauges);
      },
    }),
  };
};
