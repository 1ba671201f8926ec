import type { DataOptions } from '../dataOptions.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';

import { longestPreamble } from './tableForm.ts';

/**
 * A file of lines such as `12,345` is one column with decimal commas, or two of whole numbers. One name above the lines
 * shows it; without names, decimals of one length leave it open.
 * @returns whether the lines are one column; undefined where the question does not arise
 * @throws ReadingQuestion `decimal-comma`
 */
export function isOneDecimalColumn(
  fileName: string,
  lines: readonly string[],
  { decimal, delimiter }: DataOptions,
): boolean | undefined {
  if (delimiter !== undefined || decimal === '.') return undefined;
  const pairs = lines.map((line) => /^\s*[+-]?\d+,(\d+)\s*$/.exec(line)?.[1]);
  const begin = pairs.findIndex((digits) => digits !== undefined);
  const digits = pairs.slice(begin);
  if (begin < 0 || begin > longestPreamble || digits.length < 3 || digits.includes(undefined))
    return undefined;
  const names = lines[begin - 1];
  if (decimal === ',' || (names !== undefined && !names.includes(','))) return true;
  const length = digits[0]!.length;
  if (names !== undefined || length < 2 || digits.some((one) => one!.length !== length)) return undefined;
  throw new ReadingQuestion({
    id: 'decimal-comma',
    sentence: `${fileName} has lines such as "${lines[begin]!.trim().slice(0, 30)}": one number with a decimal comma, or two columns`,
    ways: [
      { label: 'the comma is the decimal sign', patch: { data: { delimiter: ';', decimal: ',' } } },
      { label: 'the comma parts two columns', patch: { data: { delimiter: ',' } } },
    ],
  });
}
