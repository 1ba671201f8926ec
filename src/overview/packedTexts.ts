/** Texts one behind the other, in UTF-8: they cross to another process as two arrays. */
export interface PackedTexts {
  readonly bytes: Uint8Array;
  /** [texts] where each ends. */
  readonly ends: Int32Array;
}

/** Texts of any signs; what is no text in UTF-16 comes back as U+FFFD. */
export function packTexts(texts: readonly string[]): PackedTexts {
  const encoder = new TextEncoder();
  const ends = new Int32Array(texts.length);
  // All behind each other in one array: an array for each takes ten times its letters.
  let bytes = new Uint8Array(64);
  let at = 0;
  for (const [index, text] of texts.entries()) {
    // What a sign of UTF-16 takes at the most.
    const most = at + 3 * text.length;
    if (most > bytes.length) bytes = grown(bytes, Math.max(most, 2 * bytes.length));
    at += encoder.encodeInto(text, bytes.subarray(at)).written;
    ends[index] = at;
  }
  return { bytes: bytes.slice(0, at), ends };
}

function grown(bytes: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const more = new Uint8Array(length);
  more.set(bytes);
  return more;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** One of them. */
export function textAt({ bytes, ends }: PackedTexts, index: number): string {
  return decoder.decode(bytes.subarray(index === 0 ? 0 : ends[index - 1]!, ends[index]!));
}
