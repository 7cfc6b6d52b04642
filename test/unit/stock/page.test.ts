import { describe, expect, it } from 'vitest';
import { innerHtml, within } from '../../../src/html/page.ts';
import { maxDepth } from '../../../src/html/page-builder.ts';
import { readPage } from '../../../src/html/read-page.ts';
import { rawText, visibleText } from '../../../src/html/text.ts';
import { GatewayError } from '../../../src/operations/errors.ts';

describe('the page index', () => {
  it('finds elements by id, name, tag and class, and knows what is inside what', () => {
    const page = readPage('<div id=a class="x y"><p name=n>one<b>two</b></p></div><p>three</p>');
    const [div, p, b, last] = page.elements;
    expect(page.byId.get('a')).toBe(div);
    expect(page.byName.get('n')).toEqual([p]);
    expect(page.byClass.get('y')).toEqual([div]);
    expect(page.byTag.get('p')).toEqual([p, last]);
    expect(div && within(page, div, () => true)).toEqual([p, b]);
  });

  it('keeps the markup inside an element as it was sent', () => {
    const page = readPage('<div id=a>The <B>name</B> &amp; more<br></div>');
    const div = page.byId.get('a');
    expect(div && innerHtml(page, div)).toBe('The <B>name</B> &amp; more<br>');
    expect(div && visibleText(div)).toBe('The name & more');
  });

  it('keeps the carriage returns of a textarea', () => {
    const [area] = readPage('<textarea>\na\r\nb &lt;i&gt;\r\n</textarea>').elements;
    expect(area && rawText(area)).toBe('\na\r\nb <i>\r\n');
  });

  it('ends list items, options and cells where HTML implies it', () => {
    const page = readPage('<ul><li>a<li>b</ul><select><option>x<option>y</select>');
    expect(page.byTag.get('li')?.map((item) => visibleText(item))).toEqual(['a', 'b']);
    expect(page.byTag.get('option')?.map((item) => visibleText(item))).toEqual(['x', 'y']);
  });

  it('refuses a page that is nested absurdly, at once', () => {
    const started = performance.now();
    expect(() => readPage('<b>'.repeat(1_000_000))).toThrow(GatewayError);
    expect(performance.now() - started).toBeLessThan(1000);
    expect(() => readPage('<b>'.repeat(maxDepth))).not.toThrow();
  });
});
