/** Deeper than any model is written; JSON.parse takes ten seconds for ten million brackets. */
const DEEPEST = 200;
const MOST_VALUES = 2 ** 21;

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const OPENS = new Set([0x5b, 0x7b]);
const CLOSES = new Set([0x5d, 0x7d]);

/**
 * JSON of somebody's file.
 * @returns the value; in one word why there is none: `broken` for what is no JSON, `huge` for what is nested too deeply
 *   or holds more values than a model does.
 */
export function parseBounded(bytes: Uint8Array): { readonly value: unknown } | 'broken' | 'huge' {
  if (!isBounded(bytes)) return 'huge';
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch {
    return 'broken';
  }
}

/** One pass over the bytes; brackets and commas in texts do not count. */
export function isBounded(bytes: Uint8Array, most = MOST_VALUES): boolean {
  let depth = 0;
  let values = 1;
  let inText = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (inText) {
      if (byte === BACKSLASH) i++;
      else if (byte === QUOTE) inText = false;
    } else if (byte === QUOTE) inText = true;
    else if (byte === COMMA) values++;
    else if (OPENS.has(byte)) {
      depth++;
      values++;
    } else if (CLOSES.has(byte)) depth--;
    if (depth > DEEPEST || values > most) return false;
  }
  return true;
}
