import type { Finding } from '../../finding.ts';
import { listed } from '../../format.ts';
import type { Sample } from './sample.ts';

/** Numbers that devices and archives write where there is no value. */
const usual = new Set([
  -99, -999, -9999, -99999, -999.9, -999.99, 999, 9999, 99999, -32768, 32767, 1e20, -1e30,
]);
/** The other values must lie well below. */
const apart = 4;

/** Warns of columns in which such a number stands far from everything else. */
export function sentinelFinding(sample: Sample, columns: readonly number[]): Finding[] {
  const found = columns.flatMap((column) => {
    const numbers = sample.rows.map((_, row) => sample.number(row, column));
    const suspect = numbers.find((value) => usual.has(value));
    if (suspect === undefined) return [];
    const others = numbers.filter((value) => value !== suspect && !Number.isNaN(value));
    const largest = others.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    if (others.length < numbers.length / 2 || largest * apart > Math.abs(suspect)) return [];
    return [{ name: sample.names[column]!, suspect, rows: numbers.length - others.length }];
  });
  const [first] = found;
  if (!first) return [];
  const sentence = `${sample.fileName}: ${first.suspect} stands in ${listed(found.map(({ name }) => name))} far from all other values; if it means that a value is missing, leave the cell blank and say what becomes of it ("missing" under "data" in attribution.json).`;
  return [{ code: 'sentinel-values', severity: 'warning', sentence }];
}
