import type { Estimate } from './audit.ts';
import { wilsonRate } from './estimate.ts';
import { positionsBy } from './positionsBy.ts';

/**
 * Mean recall over the classes that occur, with a 95 % interval from Wilson's of each class: their distances from the
 * recalls, squared, weighted and added (the square-and-add of Newcombe 1998, for sums of any weights Zou and Donner
 * 2008). It has a width where a class has one instance, or is answered rightly always or never, where a variance that
 * is estimated from the answers is 0. Exact coverage, mean over recalls of two classes: .94 with one instance each, .95
 * with 1 and 20, .96 with five each, .95 with twenty each. Of many classes that are nearly all answered rightly it is
 * too narrow above the value (simulated: .80 to .87 for 9 classes of 3, 11 and 50 of 5, 200 of 1, at recalls of .95 to
 * .98), as a recall of 1 adds nothing upward; so below the value where nearly all are wrong.
 * @param correct [n] 1 where the answer is the label
 * @param labels [n]; NaN of none
 */
export function balancedEstimate(correct: ArrayLike<number>, labels: readonly number[]): Estimate {
  const recalls = recallsOf(correct, labels);
  const mean = (of: (recall: Estimate) => number) =>
    recalls.reduce((sum, recall) => sum + of(recall), 0) / recalls.length;
  const value = mean((recall) => recall.value);
  const reach = (end: 0 | 1) =>
    Math.sqrt(mean((recall) => (recall.value - recall.interval[end]) ** 2) / recalls.length);
  return {
    value,
    interval: [Math.max(0, value - reach(0)), Math.min(1, value + reach(1))],
    n: labels.length,
  };
}

function recallsOf(correct: ArrayLike<number>, labels: readonly number[]): Estimate[] {
  return [...positionsBy(labels).values()].map((group) => {
    const right = group.reduce((sum, i) => sum + correct[i]!, 0);
    return wilsonRate(right / group.length, group.length);
  });
}
