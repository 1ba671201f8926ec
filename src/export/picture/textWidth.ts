const NARROW = new Set(" !'()*,-./:;I[\\]`fijlrt{|}·");
const WIDE = new Set('%@MWmw—→');

/**
 * About how wide a text is set in a sans-serif font, in pixels: to leave room and to cut names, so rather too wide
 * than too narrow. Letters of East Asia are as wide as they are high.
 */
export function textWidth(text: string, size: number): number {
  let ems = 0;
  for (const char of text) {
    if (NARROW.has(char)) ems += 0.36;
    else if (WIDE.has(char)) ems += 0.92;
    else if (char.codePointAt(0)! >= 0x2e80) ems += 1;
    else ems += char >= 'A' && char <= 'Z' ? 0.68 : 0.58;
  }
  return ems * size;
}

/** The text, cut with an ellipsis in its middle where it is wider: names often differ at their ends only. */
export function cutToWidth(text: string, size: number, width: number): string {
  if (textWidth(text, size) <= width) return text;
  const chars = [...text];
  for (let kept = chars.length - 1; kept > 0; kept--) {
    const front = Math.ceil(kept / 2);
    const short = `${chars.slice(0, front).join('')}…${chars.slice(chars.length - (kept - front)).join('')}`;
    if (textWidth(short, size) <= width) return short;
  }
  return '…';
}

/** Names without the beginning they share, where some are too wide to be shown whole. */
export function distinctEnds(names: readonly string[], size: number, width: number): readonly string[] {
  if (names.length < 2 || names.every((name) => textWidth(name, size) <= width)) return names;
  const [first, last] = [names.toSorted()[0]!, names.toSorted().at(-1)!];
  let shared = 0;
  while (shared < first.length && first[shared] === last[shared]) shared++;
  // Cut between words, not within one.
  const start = first.slice(0, shared).search(/[^\p{L}\p{N}][\p{L}\p{N}]*$/u) + 1;
  return start < 3 ? names : names.map((name) => `…${name.slice(start)}`);
}
