import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../src/django/caller.ts';
import type { DjangoRequest, DjangoResponse } from '../../../src/django/messages.ts';
import { traced, traceIn } from '../../../src/django/traced.ts';

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

const listening = () => {
  const sent: DjangoRequest[] = [];
  const caller = {
    send: async (request: DjangoRequest) => {
      sent.push(request);
      return {} as DjangoResponse;
    },
  } as unknown as Caller;
  return { sent, caller };
};

describe('a trace', () => {
  it('goes on to Django with every request of the call', async () => {
    const { sent, caller } = listening();
    const headers = new Headers({ traceparent, cookie: 'sessionid=x', 'x-request-id': 'abc' });
    const trace = traceIn((name) => headers.get(name));
    const request = { method: 'GET', path: '/admin/', headers: { accept: 'x' } } as const;
    await traced(caller, trace).send(request, new AbortController().signal);
    expect(sent[0]?.headers).toEqual({ traceparent, 'x-request-id': 'abc', accept: 'x' });
  });

  it('is only what a header can hold', () => {
    const meta: Record<string, unknown> = {
      traceparent: 'a\r\nx: y',
      tracestate: 7,
      baggage: 'x'.repeat(2000),
    };
    expect(traceIn((name) => meta[name])).toBeUndefined();
  });

  it('changes nothing where there is none', () => {
    const { caller } = listening();
    expect(traced(caller, undefined)).toBe(caller);
  });
});
