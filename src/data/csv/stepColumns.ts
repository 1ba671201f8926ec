import type { Finding } from '../../finding.ts';
import { Refusal } from '../../refusal.ts';
import { listed } from '../count.ts';
import type { DataOptions } from '../dataOptions.ts';
import type { NamedColumn } from './featureColumns.ts';
import type { Sample } from './sample.ts';

/**
 * The step columns of a wide file, and the name of its one feature.
 * @throws Refusal `wide-features`, `no-features`
 */
export function stepColumns(
  sample: Sample,
  { features }: DataOptions,
  used: ReadonlySet<number>,
  findings: Finding[],
): { features: NamedColumn[]; steps: number[] } {
  if (features && features.length !== 1) {
    throw new Refusal(
      'wide-features',
      `${sample.fileName} is read as "wide", which holds one feature, but attribution.json lists ${features.length} features; set "layout" to "long" or "single".`,
    );
  }
  const steps: number[] = [];
  const left: string[] = [];
  for (const [column, { kind }] of sample.profiles.entries()) {
    // Blank ones are kept: the first rows may just be short.
    if (used.has(column)) {
      continue;
    }
    if (kind === 'text') {
      left.push(sample.names[column]!);
    } else {
      steps.push(column);
    }
  }
  if (left.length > 0) {
    findings.push({
      code: 'columns-ignored',
      severity: 'info',
      sentence: `${sample.fileName}: ${left.length === 1 ? 'column' : 'columns'} ${listed(left)} left aside (no numbers in them).`,
    });
  }
  if (steps.length === 0) {
    throw new Refusal('no-features', `${sample.fileName} has no columns of numbers that could be steps.`);
  }
  return { features: [{ column: -1, name: features?.[0] ?? 'value' }], steps };
}
