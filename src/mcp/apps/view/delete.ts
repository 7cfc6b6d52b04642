import { isJsonObject, type JsonObject, objectsIn } from '../../../operations/json.ts';
import { valueText } from '../../value-text.ts';
import { bodyOf, errorIn } from './body.ts';
import { button, element, say, show, toolNamed } from './dom.ts';
import { connect } from './host.ts';

/** The arguments of the call that this page was opened for. */
let asked: JsonObject = {};

const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map(valueText) : [];

const cascadeOf = (preview: JsonObject): HTMLElement => {
  const rows = objectsIn(preview['cascade']).map(({ model, count }) =>
    element(
      'tr',
      {},
      element('td', {}, valueText(model)),
      element('td', { className: 'number' }, valueText(count)),
    ),
  );
  if (rows.length === 0) return element('p', {}, 'The admin does not list what goes with it.');
  const head = ['What would be gone', 'How many'].map((text) =>
    element('th', { scope: 'col' }, text),
  );
  return element(
    'table',
    {},
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...rows),
  );
};

const listOf = (title: string, texts: readonly string[]): readonly HTMLElement[] =>
  texts.length === 0
    ? []
    : [
        element('h2', {}, title),
        element('ul', {}, ...texts.map((text) => element('li', {}, text))),
      ];

const labelOf = ({ object }: JsonObject): string =>
  valueText(isJsonObject(object) ? object['label'] : asked['pk']);

const previewOf = (preview: JsonObject): readonly HTMLElement[] => [
  cascadeOf(preview),
  ...listOf('Protected: these have to go first', textsOf(preview['protected'])),
  ...listOf('You may not delete', textsOf(preview['perms_needed'])),
];

const refuse = async (): Promise<void> => {
  show(element('h1', {}, 'Nothing was deleted.'));
  await (await host).tellModel('The user looked at the delete preview and said no.');
};

const agree = async (token: string): Promise<void> => {
  say('Deleting …');
  const call = { ...asked, confirm_token: token };
  const body = bodyOf(await (await host).callTool(toolNamed('destroy'), call));
  draw(body);
  if (body['deleted'] === true)
    await (await host).tellModel('The user agreed in the delete preview. The object is deleted.');
};

const choiceOf = (token: string): HTMLElement => {
  const handled = (work: () => Promise<void>) => (): void => {
    for (const each of choice.querySelectorAll('button')) each.disabled = true;
    work().catch((error: Error) => say(error.message));
  };
  const choice: HTMLElement = element(
    'div',
    { className: 'choice' },
    button(
      'Delete all of this',
      handled(() => agree(token)),
      { className: 'danger' },
    ),
    button('Keep it', handled(refuse)),
  );
  return choice;
};

/** The preview stands in the answer, beside a question, or in the error of a refusal. */
const previewIn = (body: JsonObject): JsonObject | undefined =>
  [body, body['preview'], body['error']].filter(isJsonObject).find((part) => 'cascade' in part);

const questionOf = (preview: JsonObject, token: unknown): readonly HTMLElement[] => {
  const label = labelOf(preview);
  if (preview['can_delete'] === false)
    return [element('h1', {}, `${label} cannot be deleted.`), ...previewOf(preview)];
  return [
    element('h1', {}, `Delete ${label}?`),
    ...previewOf(preview),
    typeof token === 'string'
      ? choiceOf(token)
      : element('p', {}, 'So far nothing is deleted. Answer in the conversation.'),
  ];
};

const pageOf = (body: JsonObject): readonly HTMLElement[] => {
  const preview = previewIn(body);
  if (body['deleted'] === true)
    return [element('h1', {}, `Deleted: ${labelOf(body)}`), cascadeOf(body)];
  return preview === undefined ? [] : questionOf(preview, body['confirm_token']);
};

const draw = (body: JsonObject): void => {
  show(...pageOf(body));
  // An answer that asks is no error to a person.
  say('confirm_token' in body ? '' : (errorIn(body) ?? ''));
};

const host = connect('delete-preview', {
  input: (given) => {
    asked = given as JsonObject;
  },
  result: (result) => draw(bodyOf(result)),
});
host.catch((error: Error) => say(error.message));
