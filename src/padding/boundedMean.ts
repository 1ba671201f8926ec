import type { Estimate } from './audit.ts';

const Z = 1.959964;

/**
 * Mean of one number per instance, each within `ends`, with a 95 % adjusted Wald interval: two instances more stand at
 * either end (Agresti & Coull 1998, who have rates; fractions in between vary less). A bootstrap's shrinks to nothing where
 * all are alike.
 * @param values [instances]
 * @param ends the least and the greatest that a value can be
 */
export function boundedMean(values: ArrayLike<number>, ends: readonly [number, number] = [0, 1]): Estimate {
  return adjusted(values, ends, 2);
}

/**
 * Mean of paired differences, after − before, with the 95 % interval of Bonett & Price 2012 (J. Educ. Behav. Stat. 37):
 * one instance more at either end. Theirs is for rates; parts of an instance in between vary less.
 * @param before [instances], as after
 * @param most the greatest a difference can be
 */
export function pairedChange(before: ArrayLike<number>, after: ArrayLike<number>, most = 1): Estimate {
  const differences = Float64Array.from(after, (value, i) => value - before[i]!);
  return adjusted(differences, [-most, most], 1);
}

function adjusted(
  values: ArrayLike<number>,
  [least, greatest]: readonly [number, number],
  more: number,
): Estimate {
  const n = values.length + 2 * more;
  let [sum, squares, own] = [more * (least + greatest), more * (least * least + greatest * greatest), 0];
  for (let i = 0; i < values.length; i++) {
    sum += values[i]!;
    own += values[i]!;
    squares += values[i]! * values[i]!;
  }
  const centre = sum / n;
  const half = Z * Math.sqrt(Math.max(0, squares / n - centre * centre) / n);
  const interval = [Math.max(least, centre - half), Math.min(greatest, centre + half)] as const;
  return { value: own / values.length, interval, n: values.length };
}
