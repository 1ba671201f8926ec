import type { Explanation, Raster } from '../attribution/explanation.ts';
import { writeNpz } from '../data/numpy/writeNpz.ts';
import { float32, int64, type Tensor } from '../graph/tensor.ts';

/** What one instance adds to the arrays; the explanation itself can be let go. */
export interface NpzPart {
  readonly rank: 1 | 2;
  readonly map: Raster;
  readonly native: Raster;
  readonly positions: Float32Array;
  readonly logits: Float32Array;
  /** Absent where the outputs are numbers; `predicted` then is the output that is explained. */
  readonly probabilities?: Float32Array;
  readonly predicted: number;
  readonly length: number;
  readonly classMaps: Explanation['classMaps'];
}

/** What of an explanation goes into an NPZ file. */
export function npzPart({ layer, map, native, prediction, padding, classMaps }: Explanation): NpzPart {
  const { logits, probabilities, predicted } = prediction;
  const { positions } = native;
  return {
    rank: layer.rank,
    map,
    native,
    positions,
    logits,
    probabilities,
    predicted,
    length: padding.length,
    classMaps,
  };
}

/** Arrays with the instances as leading axis; stable: scripts depend on these names. */
export function explanationNpz(parts: readonly NpzPart[]): Uint8Array {
  return writeNpz({
    map: rasters(parts, ({ map }) => map),
    map_native: rasters(parts, ({ native }) => native),
    positions: vectors(parts.map(({ positions }) => positions)),
    [parts[0]?.probabilities ? 'logits' : 'values']: vectors(parts.map(({ logits }) => logits)),
    ...(parts[0]?.probabilities && {
      probabilities: vectors(parts.map(({ probabilities }) => probabilities ?? new Float32Array(0))),
    }),
    [parts[0]?.probabilities ? 'predicted' : 'output_index']: int64(
      [parts.length],
      parts.map(({ predicted }) => predicted),
    ),
    lengths: int64(
      [parts.length],
      parts.map(({ length }) => length),
    ),
    ...classArrays(parts),
  });
}

/** [N, K, rows, columns] (or [N, K, columns]) and [N, K], where a map per class was asked for. */
function classArrays(parts: readonly NpzPart[]): Record<string, Tensor> {
  const count = parts[0]?.classMaps?.length ?? 0;
  if (count === 0) return {};
  const noun = parts[0]?.probabilities ? 'class' : 'output';
  const each = parts.flatMap((part) => (part.classMaps ?? []).map(({ map }) => ({ ...part, map })));
  const { dims, data } = rasters(each, ({ map }) => map);
  return {
    [`${noun}_maps`]: float32([parts.length, count, ...dims.slice(1)], data as Float32Array),
    [`${noun}_map_index`.replace('class_map_', 'class_')]: int64(
      [parts.length, count],
      parts.flatMap((part) => (part.classMaps ?? []).map(({ target }) => target.index)),
    ),
  };
}

/** [N, rows, columns], or [N, columns] for a layer without features. */
function rasters(parts: readonly NpzPart[], pick: (part: NpzPart) => Raster): Tensor {
  const rows = Math.max(0, ...parts.map((part) => pick(part).rows));
  const columns = Math.max(0, ...parts.map((part) => pick(part).columns));
  // Instances of a dynamic time axis differ in columns: what is missing is NaN, never a number.
  const values = new Float32Array(parts.length * rows * columns).fill(Number.NaN);
  parts.forEach((part, n) => {
    const raster = pick(part);
    for (let row = 0; row < raster.rows; row++) {
      const from = row * raster.columns;
      values.set(raster.values.subarray(from, from + raster.columns), (n * rows + row) * columns);
    }
  });
  const twoDimensional = parts[0]?.rank === 2;
  return float32(twoDimensional ? [parts.length, rows, columns] : [parts.length, columns], values);
}

/** [N, longest]. */
function vectors(parts: readonly Float32Array[]): Tensor {
  const longest = Math.max(0, ...parts.map(({ length }) => length));
  const values = new Float32Array(parts.length * longest).fill(Number.NaN);
  parts.forEach((part, n) => {
    values.set(part, n * longest);
  });
  return float32([parts.length, longest], values);
}
