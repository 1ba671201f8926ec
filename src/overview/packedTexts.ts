/** Texts one behind the other, in UTF-8: they cross to another process as two arrays. */
export interface PackedTexts {
  readonly bytes: Uint8Array;
  /** [texts] where each ends. */
  readonly ends: Int32Array;
}

/** Texts of any signs; what is no text in UTF-16 comes back as U+FFFD. */
export function packTexts(texts: readonly string[]): PackedTexts {
  const encoder = new TextEncoder();
  const encoded = texts.map((text) => encoder.encode(text));
  const ends = new Int32Array(texts.length);
  const bytes = new Uint8Array(encoded.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const [index, one] of encoded.entries()) {
    bytes.set(one, at);
    at += one.length;
    ends[index] = at;
  }
  return { bytes, ends };
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** One of them. */
export function textAt({ bytes, ends }: PackedTexts, index: number): string {
  return decoder.decode(bytes.subarray(index === 0 ? 0 : ends[index - 1]!, ends[index]!));
}
