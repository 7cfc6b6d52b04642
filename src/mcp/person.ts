import {
  acceptedContent,
  CLIENT_CAPABILITIES_META_KEY,
  type ClientCapabilities,
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

/** The person at the client, where the client can ask them, and what they answered if they did. */
export const personOf = (server: Server, context: ServerContext): Context['person'] => {
  const capabilities = capabilitiesOf(server, context);
  if (capabilities === undefined || !canShowForm(capabilities)) return undefined;
  const { inputResponses, requestState } = context.mcpReq;
  const state = requestState();
  const response = inputResponse(inputResponses, key);
  if (typeof state !== 'string' || response.kind !== 'elicit') return {};
  const isYes = acceptedContent(inputResponses, key)?.[key] === true;
  // A form that was sent with its box unchecked is a no.
  const action = response.action === 'accept' && !isYes ? 'decline' : response.action;
  return { answer: { state, action } };
};

/**
 * Asks the person. The SDK puts it into the result since 2026-07-28, and sends an
 * `elicitation/create` of its own before; either way the call comes again with the answer.
 */
export const questionResult = ({ text, state }: Question): InputRequiredResult =>
  inputRequired({
    inputRequests: {
      [key]: inputRequired.elicit({
        message: text,
        requestedSchema: {
          type: 'object',
          properties: { [key]: { type: 'boolean', title: 'Yes, do it', default: false } },
          required: [key],
        },
      }),
    },
    requestState: state,
  });
