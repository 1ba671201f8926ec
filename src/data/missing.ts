import type { MissingPolicy } from './dataOptions.ts';

/** What to do about a missing value, said at the end of a refusal. */
export const howToFill =
  'put a number there, or set "missing" to "interpolate", "previous", "zero" or "keep" under "data" in attribution.json';

/**
 * Fills the NaNs of one instance in place.
 * @param values [F, L]
 * @returns the first feature that has no number at all to fill from, -1 when all are filled
 */
export function fillMissing(
  values: Float64Array,
  features: number,
  length: number,
  policy: MissingPolicy,
): number {
  if (policy === 'keep' || policy === 'refuse') {
    return -1;
  }
  for (let feature = 0; feature < features; feature++) {
    const row = values.subarray(feature * length, (feature + 1) * length);
    if (policy === 'zero') {
      for (let step = 0; step < length; step++) {
        row[step] = Number.isNaN(row[step]) ? 0 : row[step]!;
      }
    } else if (!fillFromNeighbours(row, policy === 'interpolate')) {
      return feature;
    }
  }
  return -1;
}

function fillFromNeighbours(row: Float64Array, interpolate: boolean): boolean {
  let before = -1;
  for (let step = 0; step < row.length; step++) {
    if (!Number.isNaN(row[step])) {
      before = step;
      continue;
    }
    let after = step + 1;
    while (after < row.length && Number.isNaN(row[after])) {
      after++;
    }
    if (before < 0 && after === row.length) {
      return false;
    }
    fillGap(row, before, after, interpolate);
    step = after - 1;
  }
  return true;
}

/** Fills the steps between `before` (-1: none) and `after` (the row's length: none). */
function fillGap(row: Float64Array, before: number, after: number, interpolate: boolean): void {
  const left = before < 0 ? row[after]! : row[before]!;
  const right = after < row.length && interpolate ? row[after]! : left;
  for (let step = before + 1; step < after; step++) {
    const share = before < 0 ? 0 : (step - before) / (after - before);
    row[step] = left + (right - left) * share;
  }
}
