import { formatNumber } from '../../format.ts';
import type { ValueChange, ValueFigures, ValuesAudit, Verdict } from '../audit.ts';
import { interventionName, LAYOUT } from '../interventionNames.ts';

/** What the changes are compared with. */
export function sdWords({ output, sd, answers }: ValuesAudit): string {
  return sd === null
    ? `The answers for ${output} do not differ between ${answers.length === 1 ? 'instances, of which there is one' : 'instances'}: changes are in units of the output only.`
    : `Changes of ${output}, in its own units and in sd of the ${answers.length} answers (${formatNumber(sd)}):`;
}

/** `mean |Δy| 0.031 [0.02, 0.04] (0.12 sd), largest −0.09 (walk_3)` */
export function changeWords(change: ValueChange): string {
  if ('unavailable' in change) return change.unavailable;
  const { meanAbs, inSd, worst } = change;
  if (meanAbs.n === 1) return `Δy ${formatNumber(worst.change)}`;
  const [low, high] = meanAbs.interval.map(formatNumber);
  const sds = inSd === null ? '' : ` (${formatNumber(inSd)} sd)`;
  return `mean |Δy| ${formatNumber(meanAbs.value)} [${low}, ${high}]${sds}, largest ${formatNumber(worst.change)} (${worst.id})`;
}

/** What an audit of numbers does not ask. */
export function leftOutWords({ leftOut }: ValuesAudit): string {
  return `Left out, since the outputs are numbers and no classes: ${leftOut.join('; ')}. Whether a change is much is for you to say: no threshold was measured for numbers.`;
}

/** `up to 0.12 sd`, of the changes of place or of those of look; `no answer` where none could be made. */
export function mostMoved(values: Pick<ValuesAudit, 'changes'>, layout: boolean): string {
  const worst = worstOf(values, layout);
  if (!worst) return 'no answer';
  if (worst.meanAbs.value === 0) return 'nothing moves it';
  return worst.inSd === null
    ? `up to ${formatNumber(worst.meanAbs.value)}`
    : `up to ${formatNumber(worst.inSd)} sd`;
}

/** How far the answers move, where an audit of classes says whether they flip; never decided. */
export function movedVerdict(values: Pick<ValuesAudit, 'changes'>, layout: boolean): Verdict<'cannot tell'> {
  const worst = worstOf(values, layout);
  const what = layout ? 'where the padding lies or how much there is' : 'what the padding holds';
  if (!worst) {
    const reason = `No change of ${what} could be made; the reasons stand below.`;
    return { answer: 'cannot tell', reason, numbers: {} };
  }
  const { meanAbs, inSd, intervention } = worst;
  const reason =
    meanAbs.value === 0
      ? `Nothing moves the output: it stays the same under every change of ${what} that could be made.`
      : `The output moves most under ${interventionName(intervention)}: ${changeWords(worst)}. Whether that is much is not decided: no threshold was measured for numbers.`;
  const numbers = { meanAbs: meanAbs.value, ...(inSd !== null && { inSd }) };
  return { answer: 'cannot tell', reason, numbers };
}

function worstOf({ changes }: Pick<ValuesAudit, 'changes'>, layout: boolean): ValueFigures | undefined {
  const known = changes.filter((change): change is ValueFigures => !('unavailable' in change));
  return known
    .filter(
      ({ intervention }) => intervention !== 'mask_every_layer' && LAYOUT.includes(intervention) === layout,
    )
    .toSorted((a, b) => b.meanAbs.value - a.meanAbs.value)[0];
}
