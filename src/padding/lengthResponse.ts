import type { LengthResponse, Unavailable } from './audit.ts';
import { covariance, crossedEffect } from './crossedEffect.ts';
import { normalQuantile } from './normalQuantile.ts';
import type { SwapTable } from './swapTable.ts';
import { mixed } from './transport.ts';
import type { WayTrust } from './ways.ts';

/**
 * Largest change of a class's share of the answers between the short and the long third of the frames, contents the
 * same. It needs no labels and does not ask whether length is worth anything on these data.
 * @param classes how many the model knows
 */
export function lengthResponse(
  table: SwapTable,
  trust: readonly WayTrust[],
  lengths: readonly number[],
  labels: readonly number[],
  classes: number,
): LengthResponse | Unavailable {
  const third = thirds(lengths);
  if (!third) return { unavailable: 'Too many instances share one length to tell short from long ones.' };
  const seen = [...new Set(labels)].sort((a, b) => a - b);
  const each = 1 / seen.length;
  const contrast = {
    frameGroup: third,
    contentGroup: labels.map((label) => seen.indexOf(label)),
    weights: [-each, 0, each].map((weight) => seen.map(() => weight)),
    strata: labels,
  };
  const z = normalQuantile(1 - 0.025 / classes);
  let worst: LengthResponse | null = null;
  for (let cls = 0; cls < classes; cls++) {
    const effect = crossedEffect(
      table,
      mixed(table, trust, () => cls),
      contrast,
    );
    const value = Math.abs(effect.value);
    if (worst && value <= worst.change.value) continue;
    const sd = Math.sqrt(covariance(effect, effect));
    const interval = [Math.max(0, value - z * sd), Math.min(1, value + z * sd)] as const;
    worst = { change: { value, interval, n: lengths.length }, class: cls, rises: effect.value > 0 };
  }
  return worst!;
}

/** [n] 0 the short third, 2 the long third, 1 between; null where the thirds cannot be told apart. */
function thirds(lengths: readonly number[]): Int32Array | null {
  const sorted = [...lengths].sort((a, b) => a - b);
  const short = sorted[Math.floor((sorted.length - 1) / 3)]!;
  const long = sorted[Math.ceil((2 * (sorted.length - 1)) / 3)]!;
  if (short >= long) return null;
  return Int32Array.from(lengths, (length) => (length <= short ? 0 : length >= long ? 2 : 1));
}
