import { expect, it } from 'vitest';
import { saysMore } from '../../../../src/layers/view/words.ts';

it.each([
  ['Weight in kg', 'weight'],
  ['Minimum order', 'min_order'],
  ['On sale', 'active'],
  ['Gewicht', 'weight'],
  ['重さ', 'weight'],
  ['email address', 'email'],
  ['£', 'price'],
])('keeps the label "%s" of "%s", which tells more', (label, name) => {
  expect(saysMore(label, name)).toBe(true);
});

it.each([
  ['Placed at', 'placed_at'],
  ['Active', 'is_active'],
  ['SKU', 'sku'],
  ['Price changes', 'pricechange'],
  ['categories', 'category'],
  ['Addresses', 'address'],
  ['and/or', 'and/or'],
  ['', 'name'],
])('drops the label "%s" of "%s", which only repeats it', (label, name) => {
  expect(saysMore(label, name)).toBe(false);
});
