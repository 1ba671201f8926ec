import { Refusal } from '../../refusal.ts';
import type { KeyValue } from './schema.ts';

/**
 * Gives the whole content of a file beside the model, by the location the model names.
 * @param most bytes that can be of use; a larger file is refused before it is read.
 */
export type ExternalFiles = (location: string, most?: number) => Uint8Array;

/**
 * The bytes of one tensor kept outside the model file.
 * @throws Refusal `external-data-missing` without a reader, `broken-model` where offset or length lie outside the file.
 */
export function externalBytes(
  entries: readonly KeyValue[],
  size: number,
  where: string,
  external?: ExternalFiles,
): Uint8Array {
  const entry = (key: string) => entries.find((candidate) => candidate.key === key)?.value;
  const location = entry('location');
  if (location === undefined || location === '') {
    throw new Refusal('broken-model', `${where} says its values lie in another file but names none.`);
  }
  if (external === undefined) {
    throw new Refusal(
      'external-data-missing',
      `${where} keeps its values in the file ${location}, which must lie beside the model.`,
    );
  }
  const offset = Number(entry('offset') ?? 0);
  const length = Number(entry('length') ?? size);
  const file = external(location);
  const sound = Number.isSafeInteger(offset) && offset >= 0 && length === size;
  if (!sound || offset + length > file.length) {
    throw new Refusal(
      'broken-model',
      `${where} needs ${size} bytes from byte ${offset} of ${location}, which has ${file.length} bytes; ` +
        'the two files do not belong together, export the model again.',
    );
  }
  return file.subarray(offset, offset + length);
}
