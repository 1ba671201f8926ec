const damaged = () => new Error('damaged');
/** Bit-packed runs are written in eights, by some writers in many of them. */
const PADDING = 512;

/** How many values there are, and how many of them are `wanted`. */
interface Runs {
  readonly end: number;
  readonly matching: number;
}

/**
 * Walks runs of parquet's RLE / bit-packing hybrid: they may not give more values than there are, nor read past the end.
 * @param width bits per value
 * @param count of the values that the runs hold
 */
export function walkRuns(
  bytes: Uint8Array,
  from: number,
  width: number,
  count: number,
  wanted?: number,
): Runs {
  if (width > 32) throw damaged();
  const wide = Math.ceil(width / 8);
  let at = from;
  let seen = 0;
  let matching = 0;
  while (seen < count) {
    const head = varint(bytes, at);
    at = head.end;
    const groups = Math.floor(head.value / 2);
    const packed = head.value % 2 === 1;
    const values = packed ? groups * 8 : groups;
    const size = packed ? groups * width : wide;
    if (size > bytes.length - at || values > count - seen + (packed ? PADDING : 0)) throw damaged();
    if (wanted !== undefined) {
      const held = Math.min(values, count - seen);
      if (packed) matching += packedMatching(bytes, at, width, held, wanted);
      else if (littleEndian(bytes, at, wide) === wanted) matching += held;
    }
    seen += values;
    at += size;
  }
  return { end: at, matching };
}

function varint(bytes: Uint8Array, from: number): { value: number; end: number } {
  let value = 0;
  for (let place = 0; place < 5; place++) {
    const part = bytes[from + place];
    if (part === undefined) break;
    value += (part & 127) * 2 ** (7 * place);
    if (part < 128) return { value, end: from + place + 1 };
  }
  throw damaged();
}

function littleEndian(bytes: Uint8Array, from: number, wide: number): number {
  let value = 0;
  for (let place = 0; place < wide; place++) value += bytes[from + place]! * 2 ** (8 * place);
  return value;
}

/** Levels take at most 8 bits. */
function packedMatching(
  bytes: Uint8Array,
  from: number,
  width: number,
  count: number,
  wanted: number,
): number {
  if (width > 8) throw damaged();
  const mask = 2 ** width - 1;
  let matching = 0;
  for (let index = 0; index < count; index++) {
    const bit = index * width;
    const place = from + (bit >> 3);
    const pair = bytes[place]! | ((bytes[place + 1] ?? 0) << 8);
    if (((pair >> (bit & 7)) & mask) === wanted) matching++;
  }
  return matching;
}
