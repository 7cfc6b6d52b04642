import type { Input } from '../operations/catalogue.ts';
import type { Answer, Upstream } from '../operations/upstream.ts';
import { lookAtAction } from './confirm/action.ts';
import { askAgent, askPerson, noPerson, notAgreed, refusedBy } from './confirm/answers.ts';
import { lookAtBulkUpdate } from './confirm/bulk-update.ts';
import { lookAtDestroy } from './confirm/destroy.ts';
import type { Confirmable, Look, Matter } from './confirm/matter.ts';
import { createSeals, type SealOptions, type Way } from './confirm/seals.ts';
import { lookAtSetPassword } from './confirm/set-password.ts';
import { type Call, wrapEach } from './wrap.ts';

export interface ConfirmationOptions extends SealOptions {
  /**
   * `auto`: a person where there is one, else two steps, but for programs that asked by
   * themselves (`Context.agreed`). `always`: a person or nothing.
   */
  readonly when: 'auto' | 'always' | 'never';
  /** A bulk_update of more objects than this has to be confirmed. */
  readonly rows: number;
}

const looks: { readonly [Name in Confirmable]: Look<Name> } = {
  destroy: lookAtDestroy,
  set_password: lookAtSetPassword,
  bulk_update: lookAtBulkUpdate,
  action: lookAtAction,
};

type AnyInput = Input<Confirmable>;
type AnyLook = Look<Confirmable>;

/** How to look at a call that may have to be agreed to; only the look tells whether it has to. */
const lookFor = ({ name, input }: Call, rows: number): AnyLook | undefined => {
  if (!Object.hasOwn(looks, name)) return undefined;
  if ('dry_run' in input && input.dry_run === true) return undefined;
  if (name === 'bulk_update' && 'updates' in input && input.updates.length <= rows)
    return undefined;
  return looks[name as Confirmable] as AnyLook;
};

/** What a call brings along to show that it was agreed to. */
const agreementIn = ({
  context: { person },
  input,
}: Call): { readonly way: Way; readonly token: string } | undefined => {
  // Where a person can be asked, nothing but their answer counts.
  if (person !== undefined) return person.answer && { way: 'person', token: person.answer.state };
  const { confirm_token: token } = input as AnyInput;
  return token === undefined ? undefined : { way: 'token', token };
};

/**
 * Has destructive calls agreed to before they run: by the person at the client where the
 * client can ask, and in two steps where it cannot. The question holds the admin's own facts,
 * and is asked only where the admin would do it. The answer counts for that very call, in
 * that session, on those objects as they were, and once.
 */
export const withConfirmation = (options: ConfirmationOptions, upstream: Upstream): Upstream => {
  if (options.when === 'never') return upstream;
  const { when, rows, seconds } = options;
  const seals = createSeals(options);

  const ask = async (call: Call, matter: Matter): Promise<Answer> => {
    const { person, record } = call.context;
    if (person === undefined && when === 'always') return noPerson();
    record?.({ confirmation: 'asked' });
    if (person !== undefined)
      return askPerson(matter, await seals.issue('person', call, matter.about));
    return askAgent(matter, await seals.issue('token', call, matter.about), seconds);
  };

  return wrapEach(upstream, async (call, next) => {
    const look = lookFor(call, rows);
    if (look === undefined) return next();
    const { record, person, agreed } = call.context;
    if (agreed === true && when === 'auto') return next();
    const action = person?.answer?.action;
    if (action === 'decline' || action === 'cancel') {
      record?.({ confirmation: action === 'decline' ? 'declined' : 'cancelled' });
      return refusedBy(action);
    }
    const agreement = when === 'always' && person === undefined ? undefined : agreementIn(call);
    if (agreement !== undefined) {
      const fault = await seals.faultOf(agreement.way, agreement.token, call);
      if (fault !== undefined) return notAgreed(fault);
    }
    const { confirm_token: _, ...input } = call.input as AnyInput;
    const looked = await look(input as AnyInput, call.context, upstream);
    if ('answer' in looked) return looked.answer;
    if (agreement === undefined) return ask(call, looked.matter);
    const fault = seals.spend(agreement.way, agreement.token, looked.matter.about);
    if (fault !== undefined) return notAgreed(fault);
    record?.({ confirmation: agreement.way });
    return looked.matter.run();
  });
};
