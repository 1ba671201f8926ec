/** Of so many places for texts; two that fall on one take turns. */
const PLACES = 4096;
/** Longer texts are no names and labels. */
const LONGEST = 64;

/** The text of bytes, blanks around it left off; made once where it comes again, as the names of cases and labels do. */
export class RememberedText {
  readonly #known: ({ readonly bytes: Uint8Array; readonly text: string } | undefined)[] = [];
  readonly #decoder: InstanceType<typeof TextDecoder>;

  constructor(encoding: string) {
    this.#decoder = new TextDecoder(encoding);
  }

  of(bytes: Uint8Array, start: number, end: number): string {
    if (end - start > LONGEST) return this.#made(bytes.subarray(start, end));
    let hash = end - start;
    for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + bytes[at]!) | 0;
    const place = (hash ^ (hash >>> 12)) & (PLACES - 1);
    const known = this.#known[place];
    if (known && isSame(known.bytes, bytes, start, end)) return known.text;
    const own = bytes.slice(start, end);
    const text = this.#made(own);
    this.#known[place] = { bytes: own, text };
    return text;
  }

  #made(bytes: Uint8Array): string {
    return this.#decoder.decode(bytes).trim();
  }
}

function isSame(known: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (known.length !== end - start) return false;
  for (let at = 0; at < known.length; at++) if (known[at] !== bytes[start + at]) return false;
  return true;
}
