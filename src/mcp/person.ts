import {
  CLIENT_CAPABILITIES_META_KEY,
  type ClientCapabilities,
  type ElicitResult,
  type InputRequiredResult,
  inputRequired,
  inputResponse,
  type Server,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { Context, Question } from '../operations/upstream.ts';

/** The one thing that a person is asked for. */
const key = 'confirm';

/**
 * What the client said it can do: with each request since 2026-07-28, and at the start of the
 * connection before. Over HTTP the older revisions have no connection here, and no way to
 * send a question to the client, whatever it said.
 */
const capabilitiesOf = (server: Server, context: ServerContext): ClientCapabilities | undefined => {
  const envelope: Readonly<Record<string, unknown>> = context.mcpReq.envelope ?? {};
  const declared = envelope[CLIENT_CAPABILITIES_META_KEY];
  if (declared !== undefined) return declared as ClientCapabilities;
  return context.http === undefined ? server.getClientCapabilities() : undefined;
};

/** `{}` means forms: revision 2025-06-18 knew nothing else. */
const canShowForm = ({ elicitation }: ClientCapabilities): boolean =>
  elicitation !== undefined && (elicitation.form !== undefined || elicitation.url === undefined);

interface Said {
  readonly action: ElicitResult['action'];
  readonly content?: Readonly<Record<string, unknown>> | undefined;
}

/** A form that was sent with its box unchecked is a no. */
const actionOf = ({ action, content }: Said): ElicitResult['action'] =>
  action === 'accept' && content?.[key] !== true ? 'decline' : action;

/** The person at the client, where the client can ask them, and what they answered if they did. */
export const personOf = (server: Server, context: ServerContext): Context['person'] => {
  const capabilities = capabilitiesOf(server, context);
  if (capabilities === undefined || !canShowForm(capabilities)) return undefined;
  const { inputResponses, requestState } = context.mcpReq;
  const state = requestState();
  const response = inputResponse(inputResponses, key);
  if (typeof state !== 'string' || response.kind !== 'elicit') return {};
  return { answer: { state, action: actionOf(response) } };
};

const formOf = ({ text }: Question) => ({
  message: text,
  requestedSchema: {
    type: 'object' as const,
    properties: { [key]: { type: 'boolean' as const, title: 'Yes, do it', default: false } },
    required: [key],
  },
});

/** Since 2026-07-28 a question is a result, and the call comes again with the answer. */
export const questionResult = (question: Question): InputRequiredResult =>
  inputRequired({
    inputRequests: { [key]: inputRequired.elicit(formOf(question)) },
    requestState: question.state,
  });

/**
 * Asks over the connection, as before that revision; undefined where a question is a result. The
 * SDK would do it by itself, but its error for a question that nobody answers, or that the client
 * fails to show, is a bare text: here either is a question closed without an answer.
 */
export const askerOf = ({ mcpReq }: ServerContext, timeoutMs: number) =>
  mcpReq.envelope !== undefined
    ? undefined
    : async (question: Question): Promise<NonNullable<Context['person']>> => {
        const params = { mode: 'form' as const, ...formOf(question) };
        const options = { timeout: timeoutMs, signal: mcpReq.signal };
        try {
          const said = await mcpReq.send({ method: 'elicitation/create', params }, options);
          return { answer: { state: question.state, action: actionOf(said) } };
        } catch (error) {
          // Nobody waits for the call itself any more.
          if (mcpReq.signal.aborted) throw error;
          return { answer: { state: question.state, action: 'cancel' } };
        }
      };
