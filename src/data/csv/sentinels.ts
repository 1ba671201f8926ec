import type { Finding } from '../../finding.ts';
import { isFar, isSentinel, sentinelFinding } from '../sentinels.ts';
import type { Sample } from './sample.ts';

/** Warns of columns in which a number that devices write for a missing value stands far from everything else. */
export function sentinelColumns(sample: Sample, columns: readonly number[]): Finding[] {
  const found = columns.flatMap((column) => {
    const numbers = sample.rows.map((_, row) => sample.number(row, column));
    const value = numbers.find(isSentinel);
    if (value === undefined) return [];
    const others = numbers.filter((one) => one !== value && !Number.isNaN(one));
    const largest = others.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
    if (others.length < numbers.length / 2 || !isFar(value, largest)) return [];
    return [{ name: sample.names[column]!, value }];
  });
  const [first] = found;
  return first
    ? [
        sentinelFinding(
          sample.fileName,
          first.value,
          found.map(({ name }) => name),
        ),
      ]
    : [];
}
