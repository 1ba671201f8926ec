import type { Finding } from '../finding.ts';
import { agree, count } from '../format.ts';
import { guessedRun } from './guessedRun.ts';
import type { Series } from './series.ts';

/** Fewer may be chance. */
const FEWEST = 3;

/**
 * A mask of the file is believed. Where it calls real what looks like padding, or padding what looks like series behind a
 * run that looks like padding, that is said with both counts: a model that takes its mask answers by it.
 * @param kept [F, kept] raw; @param real [kept] 1 where the mask says so
 */
export function maskAgainstLook(
  kept: Pick<Series, 'values' | 'features' | 'steps'>,
  real: ArrayLike<number>,
  origin: string,
  who: string,
): Finding[] {
  const { values, features, steps } = kept;
  const said = Array.from({ length: steps }, (_, step) => real[step]!);
  const all = said.reduce((sum, flag) => sum + flag, 0);
  return (['trailing', 'leading'] as const).flatMap((end): Finding[] => {
    const run = guessedRun(values, features, steps, end);
    if (run < FEWEST) return [];
    const inwards = end === 'trailing' ? said.toReversed() : said;
    const called = inwards.slice(0, run).reduce((sum, flag) => sum + flag, 0);
    const masked = inwards.indexOf(1);
    const where = end === 'trailing' ? 'last' : 'first';
    const has = `${who}: by the mask (${origin}) ${all} of ${count(steps, 'step')} ${agree(all, 'is', 'are')} real`;
    const looks = `the ${where} ${count(run, 'step')} in the file repeat one value in every feature, as padding does`;
    const choose = `check the mask, or choose the mask "${end}"`;
    if (called >= FEWEST) {
      const sentence = `${has}, but ${looks}: without them ${all - called} would be; ${choose} if they are padding.`;
      return [{ code: 'mask-disagrees', severity: masked === 0 ? 'warning' : 'info', sentence }];
    }
    if (masked - run < FEWEST) return [];
    const sentence = `${has}, but only ${looks}: with the ${masked - run} the mask hides before them ${all + masked - run} would be; ${choose} if they are real.`;
    return [{ code: 'mask-disagrees', severity: 'warning', sentence }];
  });
}
