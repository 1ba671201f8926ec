import type { CarrierFigures, CarrierResult, PlaceAnswer, Verdict } from '../audit.ts';
import { wilsonBound } from '../estimate.ts';
import { interventionName } from '../interventionNames.ts';
import { normalQuantile } from '../normalQuantile.ts';
import { THRESHOLDS } from '../thresholds.ts';
import { interval, joined, percent } from '../wording.ts';
import { cannotTell } from './verdict.ts';

/** `changes` as the sentence calls them, e.g. "where the padding lies". */
interface Changed {
  readonly results: readonly CarrierResult[];
  readonly changes: string;
  readonly instances: number;
}

/**
 * 95 % interval (Wilson 1927) of the worst of k flip rates. The lower end allows for its having been picked among k
 * (Bonferroni: 97.5 % becomes 1 − .025/k); the upper end needs no such allowance, because the true worst rate is at most
 * as far above the picked one as above its own.
 */
export function worstInterval(rate: number, n: number, k: number): readonly [number, number] {
  return [wilsonBound(rate, n, -normalQuantile(1 - 0.025 / k)), wilsonBound(rate, n, normalQuantile(0.975))];
}

/** Is the answer the same when the padding is changed? Judged by the worst change. */
export function worstFlip({ results, changes, instances }: Changed): Verdict<PlaceAnswer> {
  const known = results.filter((result): result is CarrierFigures => !('unavailable' in result));
  if (known.length === 0)
    return cannotTell(`No change of ${changes} could be run on this model.`, { instances });
  const worst = known.reduce((a, b) => (b.flipRate.value > a.flipRate.value ? b : a));
  const { value } = worst.flipRate;
  const [low, high] = worstInterval(value, instances, known.length);
  const numbers = { worstFlipRate: value, low, high, instances };
  if (instances === 1) return cannotTell(ofOne(known, changes), numbers);
  const said = sentence(worst, known.length, changes, instances, [low, high]);
  if (instances < THRESHOLDS.fewestInstances)
    return cannotTell(`${said}; a rate needs at least ${THRESHOLDS.fewestInstances} instances.`, numbers);
  const { fragileFlips, fragileAtLeast, robustAtMost } = THRESHOLDS;
  if (value > fragileFlips && low > fragileAtLeast) return { answer: 'FRAGILE', reason: `${said}.`, numbers };
  if (value < fragileFlips && high < robustAtMost) return { answer: 'robust', reason: `${said}.`, numbers };
  return cannotTell(`${said}, too near to ${percent(fragileFlips)}: more instances would tell.`, numbers);
}

function sentence(
  worst: CarrierFigures,
  tried: number,
  changes: string,
  instances: number,
  range: readonly [number, number],
): string {
  const { value } = worst.flipRate;
  const bounds = `(interval ${interval(range, percent)}, for the worst of ${tried})`;
  return value === 0
    ? `None of ${instances} answers flips under any change of ${changes} ${bounds}`
    : `${percent(value)} of ${instances} answers flip under ${interventionName(worst.intervention)}, the worst change of ${changes} ${bounds}`;
}

/** One answer flips or holds; how often that happens is another question. */
function ofOne(known: readonly CarrierFigures[], changes: string): string {
  const flips = known.filter(({ flipped }) => flipped[0]);
  const names = joined(flips.map(({ intervention }) => interventionName(intervention)));
  const said =
    flips.length === 0
      ? `This answer holds under all ${known.length} changes of ${changes}`
      : `This answer flips under ${flips.length} of ${known.length} changes of ${changes} (${names})`;
  return `${said}; how often answers flip takes at least ${THRESHOLDS.fewestInstances} instances.`;
}
