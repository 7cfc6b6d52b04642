import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'undici';

const waitFor = async <T>(look: () => Promise<T | undefined>, seconds = 30): Promise<T> => {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await pause(100)) {
    const found = await look().catch(() => undefined);
    if (found !== undefined) return found;
  }
  throw new Error('it did not come');
};

/** The hands of a person at a browser that listens on a debugging port. */
export const personAt = async (port: number) => {
  const address = await waitFor(async () => {
    const pages = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as {
      type: string;
      webSocketDebuggerUrl: string;
    }[];
    return pages.find(({ type }) => type === 'page')?.webSocketDebuggerUrl;
  });
  const socket = new WebSocket(address);
  await once(socket as unknown as EventTarget, 'open');
  let lastId = 0;
  const evaluate = async (expression: string): Promise<unknown> => {
    lastId += 1;
    const id = lastId;
    const answered = new Promise<unknown>((resolve) => {
      const listen = ({ data }: { data: unknown }) => {
        const message = JSON.parse(String(data)) as {
          id?: number;
          result?: { result?: { value?: unknown } };
        };
        if (message.id !== id) return;
        socket.removeEventListener('message', listen);
        resolve(message.result?.result?.value);
      };
      socket.addEventListener('message', listen);
    });
    socket.send(JSON.stringify({ id, method: 'Runtime.evaluate', params: { expression } }));
    return answered;
  };
  return {
    /** Fills the form of the page in and sends it off, once it is there. */
    logIn: async (values: Readonly<Record<string, string>>): Promise<void> => {
      const script = `(() => {
        const values = ${JSON.stringify(values)};
        const fields = Object.keys(values).map((name) => document.querySelector('[name="' + name + '"]'));
        if (fields.some((field) => field === null)) return undefined;
        for (const field of fields) field.value = values[field.name];
        fields[0].form.submit();
        return true;
      })()`;
      await waitFor(async () => ((await evaluate(script)) === true ? true : undefined));
    },
  };
};
