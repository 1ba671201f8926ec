/** `2024-01-01 00:00` */
const MINUTE = 16;
const LONGEST = 23;
const ZERO = 48;
const COLON = 58;
const POINT = 46;

/** Reads dates such as `2024-01-01 00:00:12.5` from bytes: those of the minute that was read last without a look at their text. */
export class DateScanner {
  #minute = new Uint8Array();
  #start = Number.NaN;

  /** ms since 1970 as if it were UTC; NaN where the minute is another one, or it is written otherwise. */
  read(bytes: Uint8Array, start: number, end: number): number {
    const minute = this.#minute;
    if (minute.length === 0 || end - start < MINUTE + 3 || end - start > LONGEST) return Number.NaN;
    // From its end: that is where minutes differ.
    for (let at = MINUTE - 1; at >= 0; at--) if (minute[at] !== bytes[start + at]) return Number.NaN;
    const first = start + MINUTE;
    const tens = bytes[first + 1]! - ZERO;
    const ones = bytes[first + 2]! - ZERO;
    if (bytes[first] !== COLON || tens < 0 || tens > 5 || ones < 0 || ones > 9) return Number.NaN;
    let ms = 10_000 * tens + 1000 * ones;
    if (end > first + 3) {
      if (bytes[first + 3] !== POINT || end === first + 4) return Number.NaN;
      let place = 100;
      for (let at = first + 4; at < end; at++, place /= 10) {
        const digit = bytes[at]! - ZERO;
        if (digit < 0 || digit > 9) return Number.NaN;
        ms += digit * place;
      }
    }
    return this.#start + ms;
  }

  /** Remembers the minute of a date that `read` could not tell. */
  learn(bytes: Uint8Array, start: number, end: number, text: string): void {
    if (!/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:/.test(text) || end - start !== text.length) return;
    this.#minute = bytes.slice(start, start + MINUTE);
    this.#start = Date.parse(`${text.slice(0, MINUTE).replace(' ', 'T')}Z`);
  }
}
