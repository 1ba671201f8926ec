import { count } from '../../format.ts';
import type { Planning } from './planning.ts';
import type { Sample } from './sample.ts';
import { gapsIn, type NumberedColumns, orderOf } from './stepNames.ts';
import { isStepPrefix } from './stepPrefix.ts';

/** Names that count backwards on the way forward: lag_3, lag_2, lag_1. */
export const BACKWARDS = /(-|lags?|minus|shift|prev|previous|ago|before)[ _.\-([]{0,2}$/i;
const MOST_NAMED = 5;

/** The steps in the order of their numbers, where their names count: tools that sort by text write t0, t1, t10, t11. */
export function inOrder(planning: Planning, steps: NumberedColumns): readonly number[] {
  const { sample, findings } = planning;
  const { columns, numbers, stem } = steps;
  const order = orderOf(numbers);
  const sorted = columns
    .map((column, at) => ({ column, number: numbers[at]! }))
    .sort((a, b) => a.number - b.number)
    .map(({ column }) => column);
  const gaps = order === 'none' ? [] : gapsIn(numbers);
  if (gaps.length > 0) {
    const named = `${gaps.slice(0, MOST_NAMED).join(', ')}${gaps.length > MOST_NAMED ? ', …' : ''}`;
    findings.push({
      code: 'steps-lack',
      severity: 'warning',
      sentence: `${sample.fileName}: the names of the steps leave out ${count(gaps.length, 'number')} (${named}); the steps beside a gap are read as neighbours.`,
    });
  }
  const counts = stem !== '' && !steps.minus && !BACKWARDS.test(stem) && isStepPrefix(stem);
  if (order === 'other' || (order === 'down' && counts)) {
    saySorted(planning, columns, '; set "layout" to "flatFT" under "data" to read them as they stand');
    return sorted;
  }
  if (order === 'down') sayDown(planning, columns);
  return columns;
}

/** That columns were put in order. @param columns in file order @param remedy how to read them as they stand */
export function saySorted({ sample, findings }: Planning, columns: readonly number[], remedy: string): void {
  findings.push({
    code: 'steps-sorted',
    severity: 'warning',
    sentence: `${sample.fileName}: the columns stand in the order ${firstOf(sample, columns)}, … and are read in that of their numbers${remedy}.`,
  });
}

/** That columns count down and stay as they are. @param columns in file order */
export function sayDown({ sample, findings }: Planning, columns: readonly number[]): void {
  findings.push({
    code: 'steps-sorted',
    severity: 'warning',
    sentence: `${sample.fileName}: the columns count down (${firstOf(sample, columns)}, …) and are read as they stand, ${sample.names[columns[0]!]} first.`,
  });
}

function firstOf({ names }: Sample, columns: readonly number[]): string {
  return columns
    .slice(0, 3)
    .map((column) => names[column]!)
    .join(', ');
}
