/**
 * What does something instead of being seen: control characters (C0, C1), line separators, bidirectional controls,
 * zero-width and other ignorable characters, lone surrogates. The joiners that Persian, Indic scripts and emoji are
 * written with, and variation selectors, stay.
 */
export const unseen =
  /(?!\u200c|\u200d|[\ufe00-\ufe0f]|[\u180b-\u180d])[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\ufff9-\ufffb]/gu;

/** Marks piled on one letter run over the lines above and below. */
const piled = /(\p{M}{8})\p{M}+/gu;

/** Most names: Latin, Chinese, our own dashes. Lists hold hundreds of thousands of them. */
const plain = /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u2013\u2014\u2026\u2212\u4e00-\u9fff]*$/;

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

interface Bounds {
  /** Most UTF-16 units that come out. */
  readonly most: number;
  /** Line breaks and tabs stay: for text that has lines of its own, and places where a break does nothing. */
  readonly lines?: boolean;
}

/**
 * Text as a person can read it: in one line, what is unseen as an escape (`\n`, `\u202e`), and the middle left out
 * where it is longer than `most`. Doing it twice is the same as doing it once.
 */
export function visible(text: string, { most, lines = false }: Bounds): string {
  if (text.length <= most && plain.test(text)) return text;
  const shown = cut(text, most)
    .replace(unseen, (char) => (lines && (char === '\n' || char === '\t') ? char : escaped(char)))
    .replace(piled, '$1…');
  return cut(shown, most);
}

/** The middle goes: a sentence begins with what is wrong and ends with what to do. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const tail = Math.floor((most - 1) / 3);
  const first = text.slice(0, most - 1 - tail).replace(/[\ud800-\udbff]$/, '');
  const last = tail === 0 ? '' : text.slice(-tail).replace(/^[\udc00-\udfff]/, '');
  return `${first}…${last}`;
}

function escaped(char: string): string {
  const code = char.codePointAt(0)!;
  return (
    short[char] ?? (code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`)
  );
}
