import { Refusal } from '../../refusal.ts';
import type { DataOptions } from '../dataOptions.ts';
import { startsOf } from './borders.ts';
import { type Plan, planColumns } from './plan.ts';
import type { Sample } from './sample.ts';
import { timesIn } from './timesIn.ts';

/**
 * The plan by the columns alone, where they tell apart just the recordings that `split` does: it is for files in which no
 * column does. undefined where they do not, or where that is to be asked.
 */
export function partedAs(sample: Sample, { split, ...alone }: DataOptions): Plan | undefined {
  const plan = planIfClear(sample, alone);
  if (plan?.layout !== 'long' || plan.case.length === 0) return undefined;
  const parts = split === 'blank' ? new Set(sample.gaps) : timeStarts(sample, plan.time);
  const changes = new Set(
    sample.rows.flatMap((row, at) =>
      at > 0 && plan.case.some((column) => row[column] !== sample.rows[at - 1]![column]) ? [at] : [],
    ),
  );
  return changes.size === parts.size && [...changes].every((at) => parts.has(at)) ? plan : undefined;
}

/** Whether the first rows show a border between two recordings. */
export function isSplit(sample: Sample, split: DataOptions['split'], time: number | null): boolean {
  return split === 'blank' ? sample.gaps.length > 0 : timeStarts(sample, time).size > 0;
}

function timeStarts(sample: Sample, time: number | null): ReadonlySet<number> {
  return time === null ? new Set() : startsOf(timesIn(sample, time));
}

function planIfClear(sample: Sample, options: DataOptions): Plan | undefined {
  try {
    return planColumns(sample, options);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
