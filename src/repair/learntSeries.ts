import { PRINT } from '../training/seriesPrint.ts';

/** Key of `metadata_props`: what each series that a model has learnt from is known again by, as JSON. */
const LEARNT_SERIES = 'attribution.learnt_series';
/** Seven tenths of a megabyte of prints; of more series, as many are drawn evenly. */
const MOST_KEPT = 2 ** 14;
const MOST_CHARACTERS = 2 ** 22;
const BYTES = PRINT * Float32Array.BYTES_PER_ELEMENT;

/** The series of some data that a model has learnt from, as its file keeps them. */
export interface LearntSeries {
  /** `train`, or the repair. */
  readonly by: string;
  /** Of the data. */
  readonly sha256: string;
  /** How many it has learnt from; more than there are prints where they were many. */
  readonly of: number;
  /** [n, 11] float32, little-endian, in base64; see seriesPrint. */
  readonly prints: string;
}

/**
 * For a file: what all these series are known again by.
 * @param prints [11] each, see seriesPrint
 */
export function keptSeries(
  { by, sha256 }: Pick<LearntSeries, 'by' | 'sha256'>,
  prints: readonly Float32Array[],
): LearntSeries {
  const kept = Math.min(prints.length, MOST_KEPT);
  const all = Buffer.alloc(kept * BYTES);
  for (let i = 0; i < kept; i++) {
    const print = prints[Math.floor((i * prints.length) / kept)]!;
    for (const [k, value] of print.entries()) all.writeFloatLE(value, i * BYTES + k * 4);
  }
  return { by, sha256, of: prints.length, prints: all.toString('base64') };
}

/** [n, 11] */
export function printsOf({ prints }: LearntSeries): Float32Array {
  const bytes = Buffer.from(prints, 'base64');
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(i * 4));
}

/** All that a model's file keeps of them; nothing of what cannot be read. */
export function learntSeries(metadata: ReadonlyMap<string, string> | undefined): LearntSeries[] {
  const text = metadata?.get(LEARNT_SERIES);
  if (text === undefined || text.length > MOST_CHARACTERS) return [];
  try {
    const found: unknown = JSON.parse(text);
    return Array.isArray(found) ? found.filter(isKept) : [];
  } catch {
    return [];
  }
}

/** For the file of a model that is made of another one, and learns from `more`. */
export function learntSeriesEntry(
  metadata: ReadonlyMap<string, string> | undefined,
  more: readonly LearntSeries[],
): [string, string][] {
  const all = [...learntSeries(metadata), ...more];
  return all.length === 0 ? [] : [[LEARNT_SERIES, JSON.stringify(all)]];
}

/** A model may say anything. */
function isKept(found: unknown): found is LearntSeries {
  if (typeof found !== 'object' || found === null) return false;
  const { by, sha256, of, prints } = found as Partial<Record<keyof LearntSeries, unknown>>;
  if (typeof by !== 'string' || typeof sha256 !== 'string' || typeof prints !== 'string') return false;
  const kept = Buffer.byteLength(prints, 'base64') / BYTES;
  return (
    /^[A-Za-z0-9+/]*=*$/.test(prints) &&
    Number.isInteger(kept) &&
    kept <= MOST_KEPT &&
    Number.isInteger(of) &&
    (of as number) >= kept
  );
}
