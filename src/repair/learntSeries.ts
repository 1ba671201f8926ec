import { thousands } from '../format.ts';
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
  /** Of each series: another version keeps others, which say nothing here. */
  readonly numbers: number;
  /** [n, 13] float32, little-endian, in base64; see seriesPrint. */
  readonly prints: string;
}

/**
 * For a file: what all these series are known again by.
 * @param prints [13] each, see seriesPrint
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
  return { by, sha256, of: prints.length, numbers: PRINT, prints: all.toString('base64') };
}

/** [n, 13] */
export function printsOf({ prints }: LearntSeries): Float32Array {
  const bytes = Buffer.from(prints, 'base64');
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(i * 4));
}

/** Whether a model's file has such a list at all; older ones have none. */
export function keepsSeries(metadata: ReadonlyMap<string, string>): boolean {
  return metadata.has(LEARNT_SERIES);
}

/** All that a model's file keeps of them; nothing of what cannot be read. */
export function learntSeries(metadata: ReadonlyMap<string, string> | undefined): LearntSeries[] {
  return readSeries(metadata).series;
}

/** The same, with the reason why some or all of them are not read: a clause after "the list". */
export function readSeries(metadata: ReadonlyMap<string, string> | undefined): {
  readonly series: LearntSeries[];
  readonly unread?: string;
} {
  const text = metadata?.get(LEARNT_SERIES);
  if (text === undefined) return { series: [] };
  if (text.length > MOST_CHARACTERS)
    return { series: [], unread: `is longer than ${MOST_CHARACTERS / 2 ** 20} MiB` };
  try {
    const found: unknown = JSON.parse(text);
    const series = Array.isArray(found) ? found.filter(isKept) : [];
    const isWhole = Array.isArray(found) && series.length === found.length;
    return { series, ...(!isWhole && { unread: 'is not as this version writes it' }) };
  } catch {
    return { series: [], unread: 'is not as this version writes it' };
  }
}

/**
 * For the file of a model that is made of another one, and learns from `more`. Of very many series through several
 * repairs as many are kept as can be read again, of each alike, drawn evenly.
 */
export function learntSeriesEntry(
  metadata: ReadonlyMap<string, string> | undefined,
  more: readonly LearntSeries[],
): [string, string][] {
  const all = [...learntSeries(metadata), ...more];
  if (all.length === 0) return [];
  const text = JSON.stringify(all);
  if (text.length <= MOST_CHARACTERS) return [[LEARNT_SERIES, text]];
  const beside = JSON.stringify(all.map((one) => ({ ...one, prints: '' }))).length;
  const each = Math.floor((MOST_CHARACTERS - beside) / all.length / 4) * 3;
  const most = Math.max(0, Math.floor(each / BYTES));
  const fewer = JSON.stringify(all.map((one) => thinned(one, most)));
  return fewer.length <= MOST_CHARACTERS ? [[LEARNT_SERIES, fewer]] : [];
}

function thinned(one: LearntSeries, most: number): LearntSeries {
  const bytes = Buffer.from(one.prints, 'base64');
  const n = bytes.length / BYTES;
  if (n <= most) return one;
  const kept = Array.from({ length: most }, (_, i) => {
    const at = Math.floor((i * n) / most) * BYTES;
    return bytes.subarray(at, at + BYTES);
  });
  return { ...one, prints: Buffer.concat(kept).toString('base64') };
}

/**
 * Said by whoever writes a model's file that keeps some only of what it has learnt from.
 * @param entry as `learntSeriesEntry` gives it
 */
export function keptInPart(
  entry: readonly (readonly [string, string])[],
  more: readonly LearntSeries[],
): string[] {
  if (more.length === 0) return [];
  const all = learntSeries(new Map(entry));
  const of = all.reduce((sum, one) => sum + one.of, 0);
  const kept = all.reduce((sum, one) => sum + Buffer.byteLength(one.prints, 'base64') / BYTES, 0);
  if (all.length > 0 && kept === of) return [];
  return [
    `The file of the model has no place for what all series that it has learnt from are known again by: it keeps this of ${thousands(kept)} of ${thousands(of)}, so that audit, evaluate, dataset and explain find some only of those that stand in a part or a copy of these data; files that are the same as a whole are known by their SHA-256.`,
  ];
}

/** A model may say anything. */
function isKept(found: unknown): found is LearntSeries {
  if (typeof found !== 'object' || found === null) return false;
  const { by, sha256, of, numbers, prints } = found as Partial<Record<keyof LearntSeries, unknown>>;
  if (numbers !== PRINT) return false;
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
