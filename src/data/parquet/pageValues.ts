import type { Encoding, SchemaElement } from 'hyparquet';
import { checkDelta, checkSharedTexts } from './delta.ts';
import { walkRuns } from './runs.ts';

/** Whether so many values can be in the bytes from there on, as they are said to be encoded. @throws Error where not */
export function checkValues(
  bytes: Uint8Array,
  from: number,
  count: number,
  encoding: Encoding,
  element: SchemaElement,
): void {
  const left = bytes.length - from;
  if (encoding === 'PLAIN' || encoding === 'BYTE_STREAM_SPLIT') {
    if (count * bytesOf(element) > left) throw new Error('damaged');
  } else if (encoding === 'RLE' && element.type === 'BOOLEAN') {
    // Behind their length in bytes.
    if (count > 0) walkRuns(bytes, from + 4, 1, count);
  } else if (encoding === 'RLE' || encoding.endsWith('_DICTIONARY')) {
    if (count === 0) return;
    const width = bytes[from];
    if (width === undefined) throw new Error('damaged');
    if (width > 0) walkRuns(bytes, from + 1, width, count);
  } else if (encoding === 'DELTA_BYTE_ARRAY') checkSharedTexts(bytes, from, count);
  else if (encoding.startsWith('DELTA_')) checkDelta(bytes, from, count);
}

/** What one value takes at least, written as it is. */
export function bytesOf({ type, type_length: length = 0 }: SchemaElement): number {
  if (type === 'BOOLEAN') return 1 / 8;
  if (type === 'INT64' || type === 'DOUBLE') return 8;
  if (type === 'INT96') return 12;
  if (type === 'FIXED_LEN_BYTE_ARRAY') return Math.max(1, length);
  return 4;
}
