import { type Answer, refusal } from '../../operations/upstream.ts';
import type { Matter } from './matter.ts';
import type { Fault } from './seals.ts';

/** RFC 6585: the request has to come with something more, here with somebody's yes. */
const preconditionRequired = 428;

/** For the face to ask; the state comes back with the person's answer. */
export const askPerson = ({ question, preview }: Matter, state: string): Answer => {
  const message = 'The person at the client has to agree first. Nothing was done.';
  const { body } = refusal(preconditionRequired, 'confirmation_required', message);
  return {
    status: preconditionRequired,
    body: { ...body, question, preview },
    question: { text: question, state },
  };
};

/** The first of two steps: what would be done, and what the second one has to carry. */
export const askAgent = (matter: Matter, token: string, seconds: number): Answer => {
  const { question, preview, page } = matter;
  const more = { question, confirm_token: token, expires_in: seconds };
  if (page !== undefined) return { ...page, body: { ...page.body, ...more } };
  const { body } = refusal(
    preconditionRequired,
    'confirmation_required',
    'The user has to agree to this first. Nothing was done.',
    {
      hint: 'Show the user the question. Only if they say yes, repeat the call with this confirm_token.',
    },
  );
  return { status: preconditionRequired, body: { ...body, ...more, preview } };
};

export const noPerson = (): Answer =>
  refusal(
    403,
    'no_person',
    'This has to be agreed to by a person, and this client cannot ask one.',
    {
      hint: 'Use a client with MCP elicitation, or do it in the admin. Nothing was done.',
    },
  );

export const refusedBy = (action: 'decline' | 'cancel'): Answer =>
  action === 'decline'
    ? refusal(403, 'declined', 'The person at the client said no. Nothing was done.', {
        hint: 'Do not ask again unless they want it.',
      })
    : refusal(403, 'cancelled', 'The question was closed without an answer. Nothing was done.', {
        hint: 'Ask the user how to go on.',
      });

const again = 'Call again without confirm_token, and show the user the new question.';

const faults = {
  unknown: 'This confirm_token was not made by this gateway, or before it was started anew.',
  expired: 'The time to agree is over.',
  other_caller: 'This was asked in another session.',
  other_call: 'This was asked about another call or other arguments.',
  changed: 'What the user agreed to is not the same any more.',
  spent: 'This was agreed to once, and done.',
} as const satisfies Readonly<Record<Fault, string>>;

/** An agreement that is none to the call at hand. */
export const notAgreed = (fault: Fault): Answer =>
  refusal(
    fault === 'changed' ? 409 : 403,
    fault === 'changed' ? 'conflict' : 'not_confirmed',
    `${faults[fault]} Nothing was done.`,
    {
      reason: fault,
      hint: again,
    },
  );
