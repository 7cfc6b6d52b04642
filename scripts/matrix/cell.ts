import type { LiveOptions } from '../../test/live/support/start-live.ts';
import type { DjangoSeries } from '../lib/shop.mjs';

export const djangos = ['3.2', '4.2', '5.2', '6.1'] as const satisfies readonly DjangoSeries[];

export const themes = [
  'stock',
  'unfold',
  'jazzmin',
  'grappelli',
  'admin_interface',
  'simpleui',
  'baton',
] as const;

/** The languages of the matrix, each with what makes it hard. */
export const languages = ['en', 'de', 'ar', 'zh-hans'] as const;

export type Theme = (typeof themes)[number];
export type Language = (typeof languages)[number];

/** One set-up of the shop. */
export interface Cell {
  readonly django: DjangoSeries;
  readonly theme: Theme;
  readonly language: Language;
}

const languageEnv: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {},
  // 1.234,50 in lists, 1234.50 in forms.
  de: { SHOP_LANGUAGE: 'de', SHOP_THOUSANDS: '1' },
  // Right to left, with a date format of its own.
  ar: { SHOP_LANGUAGE: 'ar' },
  // Times in forms come without seconds.
  'zh-hans': { SHOP_LANGUAGE: 'zh-hans' },
};

/** How to start it; nothing of ours is installed there. */
export const liveOptions = ({ theme, language }: Cell): LiveOptions => ({
  ...(theme === 'stock' ? {} : { extras: ['themes'] }),
  env: { ...languageEnv[language], ...(theme === 'stock' ? {} : { SHOP_THEME: theme }) },
});

/** All cells; on Django 3.2 without themes, which need newer ones. */
export const isMeant = ({ django, theme }: Cell): boolean => django !== '3.2' || theme === 'stock';

/** Why a cell is not run, empty when it is. */
export const reasonToSkip = ({ django, theme }: Cell): string =>
  django === '6.1' && theme === 'simpleui' ? 'its lists with actions fail there by themselves' : '';
