import type { Instance } from '../data/dataset.ts';
import type { Finding } from '../finding.ts';
import { chooseMask } from './chooseMask.ts';
import { constantRun } from './constantRun.ts';
import { tooLong, tooLongPadded } from './fitLength.ts';
import { guessedRun } from './guessedRun.ts';
import type { MaskChoice } from './maskChoice.ts';
import { realSpan } from './realSpan.ts';
import { range, type Series, withColumns } from './series.ts';
import type { ReadyStep } from './step.ts';
import type { FileFill } from './usualFill.ts';

interface Wanted {
  readonly steps: readonly ReadyStep[];
  readonly mask: MaskChoice;
  readonly truncate?: boolean;
}

/**
 * Padding that stands in the file and that no column marks is found before statistics are taken and before anything is
 * standardised: where a pad step puts it on again, where an instance is standardised by itself, and where a mask that
 * somebody chose, or the padding that several series of the file show, makes a series fit that is too long.
 * @param to steps of the model's input
 */
export function withFoundMask(
  raw: Series,
  instance: Instance,
  { mask, steps }: Wanted,
  to: number | null,
  who: string,
  findings: Finding[],
): Instance {
  const standardise = steps.find((step) => step.kind === 'standardize');
  const pads = steps.some(({ kind }) => kind === 'pad');
  const wanted =
    steps.some(({ kind }) => kind === 'resample') ||
    (standardise && (pads || standardise.by === 'instance')) ||
    (to !== null && raw.steps > to && (isSaid(mask) || isShown(mask, raw.fill)));
  if (instance.mask || !wanted) return instance;
  const found = foundIn(raw, mask, who, findings);
  if (!found) return instance;
  const { id, index, length, values } = instance;
  return { id, index, length, values, mask: found };
}

/**
 * Padding in the numbers of a file that marks none.
 * @returns [L] 1 on real steps; undefined where every step counts as real, or the choice names a column
 * @throws Refusal `empty-mask`
 */
export function foundIn(
  raw: Series,
  mask: MaskChoice,
  who: string,
  findings: Finding[],
): Uint8Array | undefined {
  if (!canBeFound(mask, raw.steps)) return undefined;
  const found = chooseMask(mask, { columns: raw, kept: raw, who }, findings);
  return found.length === raw.steps ? undefined : found.values;
}

/**
 * Before the numbers of a series that is far too long are copied about: cutting is no advice where what is too much
 * looks like padding. What several series of the file show to be its padding is taken off (said where the mask is
 * chosen); of one series alone it is asked.
 * @param fill of the file
 * @throws Refusal `too-long`, `too-long-padded`
 */
export function refuseTooLong(
  { length, mask, prepared, values }: Instance,
  to: number | null,
  options: Wanted,
  who: string,
  fill: FileFill = {},
): void {
  const cuts =
    options.truncate || options.steps.some(({ kind }) => kind === 'truncate' || kind === 'resample');
  const steps = mask && !prepared ? realSpan(mask) : length;
  if (to === null || steps <= to || cuts) return;
  if (mask || prepared) throw tooLong(steps, to, who);
  const run = (end: 'trailing' | 'leading') => constantRun(values, values.length / length, length, end);
  const { mask: choice } = options;
  if (choice.kind === 'length' && choice.length <= to) return;
  const [trailing, leading] = [run('trailing'), run('leading')];
  const shown = (['trailing', 'leading'] as const).reduce((sum, end) => {
    const of = fill[end];
    return of ? sum + guessedRun(values, values.length / length, length, end, of) : sum;
  }, 0);
  const spared = { auto: shown, trailing, leading, none: 0, length: 0, 'mask-column': 0, 'length-column': 0 };
  if (steps - spared[choice.kind] <= to) return;
  const end = trailing >= leading ? 'trailing' : 'leading';
  const most = Math.max(trailing, leading);
  throw most > 0 && steps - most <= to && choice.kind !== 'none'
    ? tooLongPadded(steps, to, most, end, who)
    : tooLong(steps, to, who);
}

/** Leaves out steps at the ends that are no real ones, as few as it takes; undefined where real ones would go, too. */
export function withoutSparePadding(
  series: Series,
  mask: Uint8Array | undefined,
  to: number,
): Series | undefined {
  if (!mask) return undefined;
  const real = series.source.map((step) => (step >= 0 ? mask[step]! : 0));
  const [first, last] = [real.indexOf(1), real.lastIndexOf(1)];
  if (first < 0 || last + 1 - first > to) return undefined;
  const from = Math.min(first, series.steps - to);
  return withColumns(series, range(from, from + to), 0);
}

/** Whether what the file pads with is known, so that nobody has to say it. */
function isShown({ kind }: MaskChoice, fill: FileFill | undefined): boolean {
  return kind === 'auto' && (fill?.trailing !== undefined || fill?.leading !== undefined);
}

function isSaid({ kind }: MaskChoice): boolean {
  return kind === 'trailing' || kind === 'leading' || kind === 'length';
}

function canBeFound(mask: MaskChoice, steps: number): boolean {
  return mask.kind === 'auto' || (isSaid(mask) && !(mask.kind === 'length' && mask.length >= steps));
}
