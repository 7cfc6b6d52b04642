import type { Input } from '../operations/catalogue.ts';
import { flattenHtml } from '../operations/flatten-html.ts';
import type { Answer, Context } from '../operations/upstream.ts';
import { listIn } from './body.ts';
import { callRest } from './call.ts';

/** The preview, with what protects the object as text: the package sends the admin's links. */
export const deletePreview = async (
  input: Input<'delete_preview'>,
  context: Context,
): Promise<Answer> => {
  const answer = await callRest('delete_preview', input, context);
  if (answer.status !== 200) return answer;
  const blocking = listIn(answer.body, 'protected').map((label) => flattenHtml(String(label)));
  return { ...answer, body: { ...answer.body, protected: blocking } };
};
