import { count } from '../../format.ts';
import type { Planning } from './planning.ts';
import { gapsIn, type NumberedColumns, orderOf } from './stepNames.ts';
import { isStepPrefix } from './stepPrefix.ts';

/** Names that count backwards on the way forward: lag_3, lag_2, lag_1. */
const BACKWARDS = /(-|lag|minus|prev|previous|ago|before)[ _.-]?$/i;
const MOST_NAMED = 5;

/** The steps in the order of their numbers, where their names count: tools that sort by text write t0, t1, t10, t11. */
export function inOrder({ sample, findings }: Planning, steps: NumberedColumns): readonly number[] {
  const { columns, numbers, stem } = steps;
  const first = columns.slice(0, 3).map((column) => sample.names[column]!);
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
  const counts = stem !== '' && !BACKWARDS.test(stem) && isStepPrefix(stem);
  if (order === 'other' || (order === 'down' && counts)) {
    findings.push({
      code: 'steps-sorted',
      severity: 'warning',
      sentence: `${sample.fileName}: the columns stand in the order ${first.join(', ')}, … and are read in that of their numbers; set "layout" to "flatFT" under "data" to read them as they stand.`,
    });
    return sorted;
  }
  if (order === 'down') {
    findings.push({
      code: 'steps-sorted',
      severity: 'warning',
      sentence: `${sample.fileName}: the columns count down (${first.join(', ')}, …) and are read as they stand, ${sample.names[columns[0]!]} first.`,
    });
  }
  return columns;
}
