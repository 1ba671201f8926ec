import { correlation } from '../padding/correlation.ts';
import { robustZ } from './robustZ.ts';
import type { SmallMaps } from './smallMaps.ts';

/** How an instance's map agrees with the others of its class. */
interface Agreement {
  readonly instance: number;
  /** Pearson correlation with the mean map of the others; NaN for a flat map. */
  readonly correlation: number;
  /** Robust z of its Fisher transform, low is far; 0 for a flat map. */
  readonly z: number;
  /** Median correlation in the class. */
  readonly usual: number;
}

/**
 * Each member against the mean of the others. Correlations are compared after Fisher's 1915 transform (artanh), in which
 * their scatter does not hang on their height: among maps that agree to .99, one of .97 is no outlier by itself.
 */
export function* agreements(members: readonly number[], maps: SmallMaps): Generator<Agreement> {
  const { cells } = maps;
  const sums = new Float64Array(cells);
  const counts = new Int32Array(cells);
  for (const member of members) {
    const own = maps.of(member);
    for (let cell = 0; cell < cells; cell++) {
      if (Number.isNaN(own[cell]!)) continue;
      sums[cell]! += own[cell]!;
      counts[cell]!++;
    }
  }
  const [a, b] = [new Float64Array(cells), new Float64Array(cells)];
  const correlations = members.map((member) => {
    const own = maps.of(member);
    let n = 0;
    for (let cell = 0; cell < cells; cell++) {
      if (Number.isNaN(own[cell]!) || counts[cell]! < 2) continue;
      a[n] = own[cell]!;
      b[n++] = (sums[cell]! - own[cell]!) / (counts[cell]! - 1);
    }
    return correlation(a.subarray(0, n), b.subarray(0, n));
  });
  const told = correlations.filter((r) => !Number.isNaN(r));
  if (told.length === 0) return;
  const { median, z } = robustZ(told.map((r) => Math.atanh(Math.max(-LIMIT, Math.min(LIMIT, r)))));
  let next = 0;
  for (const [i, r] of correlations.entries()) {
    yield {
      instance: members[i]!,
      correlation: r,
      z: Number.isNaN(r) ? 0 : z[next++]!,
      usual: Math.tanh(median),
    };
  }
}

/** Short of 1, where the transform is infinite. */
const LIMIT = 1 - 1e-9;
