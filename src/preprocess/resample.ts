import type { Series } from './series.ts';

/** The series at another number of steps, linear between neighbours; `source` is the nearest step of the raw series. */
export function resample(series: Series, to: number): Series {
  const { features, steps, source } = series;
  if (steps === to) return series;
  const values = new Float64Array(features * to);
  const nearest = new Int32Array(to);
  for (let t = 0; t < to; t++) {
    const at = to === 1 ? 0 : (t * (steps - 1)) / (to - 1);
    const before = Math.min(steps - 1, Math.floor(at));
    const after = Math.min(steps - 1, before + 1);
    nearest[t] = source[Math.round(at)]!;
    for (let feature = 0; feature < features; feature++) {
      const [low, high] = [series.values[feature * steps + before]!, series.values[feature * steps + after]!];
      values[feature * to + t] = before === at ? low : low + (high - low) * (at - before);
    }
  }
  return { values, features, steps: to, source: nearest };
}
