/** Text always becomes a text node: what stands in a record is never read as markup. */
export const element = <Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

export const button = (
  label: string,
  onclick: () => void,
  properties: Partial<HTMLButtonElement> = {},
): HTMLButtonElement => element('button', { type: 'button', onclick, ...properties }, label);

/** The tool's name as the server lists it; hosts let a page call no other. */
export const toolNamed = (operation: string): string =>
  (document.documentElement.dataset['tool'] ?? 'admin_*').replace('*', operation);

const status = element('p', { role: 'status' });
const content = element('main');
document.body.append(content, status);

export const say = (text: string): void => {
  status.textContent = text;
};

export const show = (...children: readonly (Node | string)[]): void => {
  content.replaceChildren(...children);
};
