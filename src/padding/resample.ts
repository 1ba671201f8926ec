/**
 * A series stretched to another length by linear interpolation, its first and last step kept.
 * @param values [F, from] feature-major
 * @returns [F, to]
 */
export function resample(values: Float32Array, from: number, to: number): Float32Array {
  const features = values.length / from;
  const out = new Float32Array(features * to);
  for (let t = 0; t < to; t++) {
    const at = to === 1 ? 0 : (t * (from - 1)) / (to - 1);
    const left = Math.min(Math.floor(at), from - 1);
    const right = Math.min(left + 1, from - 1);
    const share = at - left;
    for (let f = 0; f < features; f++) {
      const row = f * from;
      out[f * to + t] = values[row + left]! * (1 - share) + values[row + right]! * share;
    }
  }
  return out;
}
