import type { Finding } from '../finding.ts';
import type { Statistics } from './step.ts';

/** How far the mean of one series may lie from that of the training data, in their deviations. */
const farMean = 8;
/** How many times larger or smaller its deviation may be. */
const farSpread = 20;

/**
 * Warns where the statistics of attribution.json are not of such data: for at least half of the features that move, the
 * series lies far beside them. Standardised twice, other units, and another order of features look like that.
 * @param own of the series, real steps only, before standardising
 * @param given as attribution.json has them; both [F] in the order of `names`
 */
export function statisticsDoubt(own: Statistics, given: Statistics, names: readonly string[]): Finding[] {
  const moving = names.map((_, at) => at).filter((at) => own.std[at]! > 0 && given.std[at]! > 0);
  const away = (at: number) => Math.abs(own.mean[at]! - given.mean[at]!) / given.std[at]!;
  const spread = (at: number) => own.std[at]! / given.std[at]!;
  const doubtful = moving.filter(
    (at) => away(at) > farMean || spread(at) > farSpread || spread(at) < 1 / farSpread,
  );
  const [first] = doubtful.toSorted((a, b) => away(b) - away(a));
  if (first === undefined || doubtful.length * 2 < moving.length) return [];
  const isStandardised = doubtful.every(
    (at) => Math.abs(own.mean[at]!) < 2 && own.std[at]! > 0.1 && own.std[at]! < 4,
  );
  const why = isStandardised
    ? 'it looks standardised already, so take "standardize" out of "preprocess"'
    : 'check units, order of the features, and which data the numbers were taken from';
  const sentence = `"standardize" goes by mean ${round(given.mean[first]!)} and deviation ${round(given.std[first]!)} of ${names[first]}, but here it has mean ${round(own.mean[first]!)} and deviation ${round(own.std[first]!)} (${doubtful.length} of ${moving.length} features lie far off): ${why}.`;
  return [{ code: 'statistics-doubt', severity: 'warning', sentence }];
}

function round(value: number): string {
  return String(Number(value.toPrecision(3)));
}
