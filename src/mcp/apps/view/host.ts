import type {
  McpUiHostContext,
  McpUiInitializeRequest,
  McpUiInitializeResult,
  McpUiToolInputNotification,
  McpUiToolResultNotification,
} from '@modelcontextprotocol/ext-apps';

type ToolResult = McpUiToolResultNotification['params'];
type ToolArguments = NonNullable<McpUiToolInputNotification['params']['arguments']>;

/** What a page is told: the call that it was opened for, and what it answered. */
export interface Shown {
  readonly input: (given: ToolArguments) => void;
  readonly result: (result: ToolResult) => void;
}

/** The program that shows this page, and that all calls go through. */
export interface Host {
  readonly callTool: (name: string, given: ToolArguments) => Promise<ToolResult>;
  /** Tells the model what the person did here, where the host takes that. */
  readonly tellModel: (text: string) => Promise<void>;
}

interface Message {
  readonly jsonrpc: '2.0';
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/** The revision of MCP Apps that this page speaks. */
const protocolVersion = '2026-01-26';
const methodNotFound = -32601;

/**
 * The page's side of MCP Apps: JSON-RPC by `postMessage` with the frame around it. The
 * extension's own `App` does the same in 650 KB (ext-apps 2.0.4, minified), for a page of 10.
 */
const channel = (onMessage: (method: string, params: unknown) => void) => {
  const waiting = new Map<
    unknown,
    { readonly done: (result: unknown) => void; readonly failed: (error: Error) => void }
  >();
  let lastId = 0;
  const send = (message: Omit<Message, 'jsonrpc'>): void =>
    // The host's origin is not known to a sandboxed page, and nothing sent is a secret to it.
    window.parent.postMessage({ jsonrpc: '2.0', ...message }, '*');
  const answer = ({ id, method }: Message): void => {
    if (id === undefined) return;
    const known = method === 'ping' || method === 'ui/resource-teardown';
    send(known ? { id, result: {} } : { id, error: { code: methodNotFound, message: 'Unknown.' } });
  };
  window.addEventListener('message', ({ source, data }: MessageEvent) => {
    if (source !== window.parent || typeof data !== 'object' || data?.jsonrpc !== '2.0') return;
    const message = data as Message;
    if (message.method !== undefined) {
      onMessage(message.method, message.params);
      answer(message);
      return;
    }
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error === undefined) asked?.done(message.result);
    else asked?.failed(new Error(message.error.message));
  });
  return {
    notify: (method: string, params: unknown): void => send({ method, params }),
    request: (method: string, params: unknown): Promise<unknown> =>
      new Promise((done, failed) => {
        lastId += 1;
        waiting.set(lastId, { done, failed });
        send({ id: lastId, method, params });
      }),
  };
};

const follow = ({ theme }: Partial<McpUiHostContext>): void => {
  if (theme !== undefined) document.documentElement.style.colorScheme = theme;
};

/** Greets the host; what it says of the call comes to `shown`. */
export const connect = async (name: string, shown: Shown): Promise<Host> => {
  const { notify, request } = channel((method, params) => {
    if (method === 'ui/notifications/tool-input')
      shown.input((params as McpUiToolInputNotification['params']).arguments ?? {});
    if (method === 'ui/notifications/tool-result') shown.result(params as ToolResult);
    if (method === 'ui/notifications/host-context-changed')
      follow(params as Partial<McpUiHostContext>);
  });
  const hello = {
    protocolVersion,
    appInfo: { name, version: '1' },
    appCapabilities: {},
  } satisfies McpUiInitializeRequest['params'];
  const { hostContext, hostCapabilities } = (await request(
    'ui/initialize',
    hello,
  )) as McpUiInitializeResult;
  follow(hostContext);
  notify('ui/notifications/initialized', {});
  new ResizeObserver(() => {
    const { scrollWidth: width, scrollHeight: height } = document.documentElement;
    notify('ui/notifications/size-changed', { width, height });
  }).observe(document.body);
  return {
    callTool: async (tool, given) =>
      (await request('tools/call', { name: tool, arguments: given })) as ToolResult,
    tellModel: async (text) => {
      if (hostCapabilities.updateModelContext === undefined) return;
      await request('ui/update-model-context', { content: [{ type: 'text', text }] });
    },
  };
};
