import { canvasText } from '../../src/surfaces/pageText.ts';
import { cutToFit, type TextMeasure } from './shortened.ts';

/** More names than this, or more letters in all of them, are cut each alone. */
const most = 300;
const mostLetters = 20_000;

/** Shortens a name that does not fit; null where this way has no room for it. */
type Way = (text: string) => string | null;

/**
 * The names of one axis as they are drawn in `width` pixels: those that fit stay whole, the words of the others are
 * abbreviated, or the name is cut where what is left tells it from every other one.
 */
export function namesApart(names: readonly string[], width: number, measure: TextMeasure): string[] {
  const texts = names.map(canvasText);
  const fits = (text: string) => measure.measureText(text).width <= width;
  const cut =
    (share: number): Way =>
    (text) =>
      cutToFit(text, fits, share);
  const isMany = texts.length > most || texts.reduce((sum, { length }) => sum + length, 0) > mostLetters;
  if (isMany || texts.every(fits)) return texts.map((text) => (fits(text) ? text : cut(1 / 2)(text)!));
  const least = leastPrefixes(texts);
  const abbreviated =
    (shortest: number): Way =>
    (text) =>
      abbreviate(text, least, fits, shortest);
  const shares = [1 / 3, 2 / 3, 0.15, 0.85, 0, 1];
  const ways: Way[] = [abbreviated(3), cut(1 / 2), abbreviated(1), ...shares.map(cut)];
  let best: { shown: string[]; alike: number[] } | null = null;
  for (const way of ways) {
    const shown = texts.map((text) => (fits(text) ? text : (way(text) ?? cut(1 / 2)(text)!)));
    const alike = clashing(texts, shown);
    if (alike.length === 0) return shown;
    if (!best || alike.length < best.alike.length) best = { shown, alike };
  }
  const { shown, alike } = best!;
  // No one way tells them all apart: each of those that are left goes its own.
  for (const i of alike) {
    const others = new Set(shown.filter((_, j) => texts[j] !== texts[i]));
    if (!others.has(shown[i]!) || fits(texts[i]!)) continue;
    const own = [...ways, (text: string) => around(text, texts, fits)].map((way) => way(texts[i]!));
    shown[i] = own.find((text) => text !== null && !others.has(text)) ?? shown[i]!;
  }
  return shown;
}

/** Positions of names that look like another one. */
function clashing(texts: readonly string[], shown: readonly string[]): number[] {
  const meant = new Map<string, Set<string>>();
  for (const [i, text] of shown.entries())
    meant.set(text, (meant.get(text) ?? new Set<string>()).add(texts[i]!));
  return [...shown.keys()].filter((i) => meant.get(shown[i]!)!.size > 1);
}

const wordOrBetween = /\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})|\p{L}+|\p{N}+|[^\p{L}\p{N}]+/gu;
const isWord = (token: string) => /^\p{L}/u.test(token);
const tokensOf = (text: string) => text.match(wordOrBetween) ?? [];

/** Letters of each word that no other word begins with. */
function leastPrefixes(texts: readonly string[]): ReadonlyMap<string, number> {
  const words = [...new Set(texts.flatMap(tokensOf).filter(isWord))].sort();
  // The words most like one stand beside it.
  return new Map(
    words.map((word, i) => {
      const alike = Math.max(common(word, words[i - 1] ?? ''), common(word, words[i + 1] ?? ''));
      return [word, Math.min(word.length, alike + 1)];
    }),
  );
}

/** Letters that both begin with. */
function common(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}

/** `right_ankle_gyro_y` → `rig_ank_gyr_y`: no word longer than needed, none that could be another; numbers stay whole. */
function abbreviate(
  text: string,
  least: ReadonlyMap<string, number>,
  fits: (text: string) => boolean,
  shortest: number,
): string | null {
  const tokens = tokensOf(text);
  const longest = Math.max(...tokens.map((token) => token.length));
  for (let length = longest - 1; length >= shortest; length--) {
    const short = tokens.map((token) =>
      isWord(token) ? [...token].slice(0, Math.max(length, least.get(token) ?? 0)).join('') : token,
    );
    if (fits(short.join(''))) return short.join('');
  }
  return null;
}

/** What stands around the place at which a name leaves the one most like it. */
function around(text: string, texts: readonly string[], fits: (text: string) => boolean): string | null {
  const others = texts.filter((other) => other !== text);
  const from = Math.max(0, ...others.map((other) => common(text, other))) - 1;
  if (from <= 0) return null;
  for (let to = text.length; to > from + 1; to--) {
    const part = `…${text.slice(from, to)}${to < text.length ? '…' : ''}`;
    if (fits(part)) return part;
  }
  return null;
}
