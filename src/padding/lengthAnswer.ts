import type { LeiEstimate } from './audit.ts';
import { THRESHOLDS } from './thresholds.ts';

/** What other donors and other windows of the contents move LEI by, about. */
const DRAWS = 0.01;
const ONE_SIDED_95 = 1.644854;

type Answered = Pick<LeiEstimate, 'lei' | 'atMost' | 'atLeast' | 'placebo'>;

/**
 * Where LEI lies against .05 and .15. YES and no are told from each other, not from what lies between. YES accuses a
 * model, so its bound is the two-sided one; the others have one-sided bounds. Nor is it said where the placebo fails:
 * contents that are harmed on the way may all end in one class, which looks like length where short frames are of that
 * class. `unclear`: more than nothing, less than .15. `negative`: length costs accuracy here.
 */
export function lengthAnswer({
  lei,
  atMost,
  atLeast,
  placebo,
}: Answered): 'no' | 'unclear' | 'YES' | 'negative' | 'cannot tell' {
  const { value, interval } = lei;
  const { leiNo, leiYes, placeboOfYes } = THRESHOLDS;
  if (interval[1] < -leiNo) return 'negative';
  if (value > leiYes && interval[0] > leiNo) return placebo < placeboOfYes ? 'cannot tell' : 'YES';
  if (value < leiNo && atMost < leiYes) return 'no';
  if (value >= leiNo && value <= leiYes && atLeast > 0 && atMost <= leiYes) return 'unclear';
  return 'cannot tell';
}

/**
 * Whether the answer stays the same when every figure is off by as much as other draws may move it.
 * @param early few pairs have met yet: a whole standard error
 */
export function isFirm({ lei, atMost, atLeast, placebo }: Answered, early: boolean): boolean {
  const by = early ? Math.max(DRAWS, (atMost - atLeast) / (2 * ONE_SIDED_95)) : DRAWS;
  const answers = [-by, 0, by].map((shift) =>
    lengthAnswer({
      lei: { ...lei, value: lei.value + shift, interval: [lei.interval[0] + shift, lei.interval[1] + shift] },
      atLeast: atLeast + shift,
      atMost: atMost + shift,
      placebo,
    }),
  );
  return answers[1] !== 'cannot tell' && answers.every((answer) => answer === answers[1]);
}
