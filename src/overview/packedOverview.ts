import type { Outlier, OutlierKind, Overview, OverviewInstance } from './overview.ts';
import { type PackedTexts, packTexts, textAt } from './packedTexts.ts';

/** From here on objects of their own would hold up whoever receives them. */
const MANY = 2000;
/** Unpacked between two looks at the clock. */
const AT_ONCE = 500;

const KINDS: readonly OutlierKind[] = [
  'zero-map',
  'flat-map',
  'far-from-class',
  'padding-share',
  'misclassified',
];

/** Instances column by column. */
interface PackedRows {
  readonly ids: PackedTexts;
  readonly index: Int32Array;
  readonly length: Int32Array;
  /** Place among `labelNames`, -1 for none. */
  readonly label: Int32Array;
  readonly labelNames: readonly string[];
  readonly predicted: Int32Array;
  readonly probability: Float64Array;
  /** -1 where it cannot be told. */
  readonly correct: Int8Array;
  /** [N, 3] REAL, MIXED, EMPTY; NaN for a map that is zero. */
  readonly zones: Float64Array;
  readonly paddedPositions: Float64Array;
  readonly level: Float64Array;
}

interface PackedOutliers {
  readonly instance: Int32Array;
  /** Reasons of each. */
  readonly reasons: Uint8Array;
  /** Per reason, place among KINDS. */
  readonly kind: Uint8Array;
  /** Per reason, NaN for none. */
  readonly z: Float64Array;
  readonly sentences: PackedTexts;
}

/** What an overview of very many instances crosses to another process as: a few arrays. */
type PackedOverview = Omit<Overview, 'instances' | 'outliers'> & {
  readonly rows: PackedRows;
  readonly outlying: PackedOutliers;
};

/** That of an overview that was unpacked, to be sent on. */
const packedForms = new WeakMap<Overview, PackedOverview>();

/** An overview as it is sent: packed where it was received packed. */
export function asReceived(overview: Overview): Overview | PackedOverview {
  return packedForms.get(overview) ?? overview;
}

/** Told from other answers of the engine. */
export function isOverview(value: unknown): value is Overview {
  return typeof value === 'object' && value !== null && 'outliers' in value && 'thumbnails' in value;
}

/** Whether it is to be unpacked. */
export function isPackedOverview(value: unknown): value is PackedOverview {
  return typeof value === 'object' && value !== null && 'outlying' in value && 'thumbnails' in value;
}

/** Packed where there is much of it. */
export function packedOverview(overview: Overview): Overview | PackedOverview {
  const { instances, outliers, ...rest } = overview;
  if (instances.length < MANY) return overview;
  return { ...rest, rows: packRows(instances), outlying: packOutliers(outliers) };
}

/** In pieces of some tenths of a millisecond, so that somebody who has other things to do can do them. */
export function* unpackingOverview(packed: PackedOverview): Generator<void, Overview> {
  const { rows, outlying, ...rest } = packed;
  const instances: OverviewInstance[] = [];
  for (let at = 0; at < rows.index.length; at++) {
    if (at % AT_ONCE === AT_ONCE - 1) yield;
    instances.push(instanceAt(rows, at));
  }
  const outliers: Outlier[] = [];
  for (let at = 0, reason = 0; at < outlying.instance.length; at++) {
    if (at % AT_ONCE === AT_ONCE - 1) yield;
    const reasons = Array.from({ length: outlying.reasons[at]! }, () => reasonAt(outlying, reason++));
    outliers.push({ instance: outlying.instance[at]!, reasons });
  }
  const overview = { ...rest, instances, outliers };
  packedForms.set(overview, packed);
  return overview;
}

/** All of it in one go. */
export function unpackedOverview(packed: PackedOverview): Overview {
  const pieces = unpackingOverview(packed);
  for (;;) {
    const { done, value } = pieces.next();
    if (done) return value;
  }
}

function packRows(instances: readonly OverviewInstance[]): PackedRows {
  const places = new Map<string, number>();
  for (const { label } of instances) if (label !== null && !places.has(label)) places.set(label, places.size);
  const numbers = (of: (one: OverviewInstance) => number) => Float64Array.from(instances, of);
  const zones = new Float64Array(3 * instances.length).fill(Number.NaN);
  for (const [at, { zones: own }] of instances.entries()) {
    if (own) zones.set([own.REAL, own.MIXED, own.EMPTY], 3 * at);
  }
  return {
    ids: packTexts(instances.map(({ id }) => id)),
    index: Int32Array.from(instances, ({ index }) => index),
    length: Int32Array.from(instances, ({ length }) => length),
    label: Int32Array.from(instances, ({ label }) => (label === null ? -1 : places.get(label)!)),
    labelNames: [...places.keys()],
    predicted: Int32Array.from(instances, ({ predicted }) => predicted),
    probability: numbers(({ probability }) => probability),
    correct: Int8Array.from(instances, ({ correct }) => (correct === null ? -1 : Number(correct))),
    zones,
    paddedPositions: numbers(({ paddedPositions }) => paddedPositions),
    level: numbers(({ level }) => level),
  };
}

function instanceAt(rows: PackedRows, at: number): OverviewInstance {
  const [REAL, MIXED, EMPTY] = [rows.zones[3 * at]!, rows.zones[3 * at + 1]!, rows.zones[3 * at + 2]!];
  const correct = rows.correct[at]!;
  return {
    id: textAt(rows.ids, at),
    index: rows.index[at]!,
    length: rows.length[at]!,
    label: rows.labelNames[rows.label[at]!] ?? null,
    predicted: rows.predicted[at]!,
    probability: rows.probability[at]!,
    correct: correct < 0 ? null : correct === 1,
    zones: Number.isNaN(REAL) ? null : { REAL, MIXED, EMPTY },
    paddedPositions: rows.paddedPositions[at]!,
    level: rows.level[at]!,
  };
}

function packOutliers(outliers: readonly Outlier[]): PackedOutliers {
  const all = outliers.flatMap(({ reasons }) => reasons);
  return {
    instance: Int32Array.from(outliers, ({ instance }) => instance),
    reasons: Uint8Array.from(outliers, ({ reasons }) => reasons.length),
    kind: Uint8Array.from(all, ({ kind }) => KINDS.indexOf(kind)),
    z: Float64Array.from(all, ({ z }) => z ?? Number.NaN),
    sentences: packTexts(all.map(({ sentence }) => sentence)),
  };
}

function reasonAt({ kind, z, sentences }: PackedOutliers, at: number): Outlier['reasons'][number] {
  const own = z[at]!;
  return {
    kind: KINDS[kind[at]!]!,
    sentence: textAt(sentences, at),
    ...(!Number.isNaN(own) && { z: own }),
  };
}
