import { closest, type HtmlElement, hasClass } from '../../html/element.ts';
import { classed, type Page, within } from '../../html/page.ts';
import { readPage } from '../../html/read-page.ts';
import { rawText, visibleText } from '../../html/text.ts';
import { isJsonObject } from '../../operations/json.ts';
import { parseJsonExactly } from '../../operations/json-exact.ts';
import type { ShownMessage } from './types/shared.ts';

const levelNames = ['debug', 'info', 'success', 'warning', 'error'] as const;

const levelOf = (classes: readonly string[]): ShownMessage['level'] => {
  for (const name of levelNames)
    if (classes.some((each) => each === name || each === `alert-${name}` || each === `grp-${name}`))
      return name;
  return classes.includes('alert-danger') ? 'error' : null;
};

const fromItems = (items: readonly HtmlElement[]): ShownMessage[] =>
  items.map((item) => ({ level: levelOf(item.classes), text: visibleText(item) }));

const isItem = (element: HtmlElement): boolean => element.tag === 'li';

/** simpleui writes `<script id="out_message">var messages=[{"msg": …, "tag": …}]</script>`. */
const fromScript = (page: Page): ShownMessage[] => {
  const script = page.byId.get('out_message');
  const list = script && /messages\s*=\s*(\[.*\])/s.exec(rawText(script))?.[1];
  const items = list === undefined ? undefined : parseJsonExactly(list);
  if (!Array.isArray(items)) return [];
  return items.flatMap((item) => {
    if (!isJsonObject(item) || typeof item['msg'] !== 'string') return [];
    const level = levelOf(String(item['tag'] ?? '').split(/\s+/));
    const [wrapped] = readPage(`<div>${item['msg']}</div>`).elements;
    return wrapped === undefined ? [] : { level, text: visibleText(wrapped) };
  });
};

/** The messages that a page shows; stock Django, baton, grappelli, jazzmin and simpleui. */
export const readShownMessages = (page: Page): readonly ShownMessage[] => {
  const lists = [...classed(page, 'messagelist'), ...classed(page, 'grp-messagelist')];
  const listed = lists.flatMap((list) => within(page, list, isItem));
  if (listed.length > 0) return fromItems(listed);
  const alerts = classed(page, 'alert').filter(
    (element) =>
      hasClass(element, 'alert-dismissible') &&
      closest(element, (at) => at.tag === 'form') === undefined,
  );
  return alerts.length > 0 ? fromItems(alerts) : fromScript(page);
};
