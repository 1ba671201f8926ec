import type { Finding } from '../finding.ts';
import { agree, count, listed } from '../format.ts';
import type { Dataset } from './dataset.ts';

const MOST_NAMED = 6;

/** Labels that lack beside others, and classes that differ in nothing but how their names are written: both are said. */
export function labelFindings({ instances }: Pick<Dataset, 'instances'>, fileName: string): Finding[] {
  const labels = new Map<string, number>();
  let lacking = 0;
  for (const { label } of instances) {
    if (label === undefined) lacking++;
    else labels.set(label, (labels.get(label) ?? 0) + 1);
  }
  if (labels.size === 0) return [];
  const findings: Finding[] = [];
  if (lacking > 0) {
    const sentence = `${fileName}: ${lacking} of ${count(instances.length, 'instance')} ${agree(lacking, 'has', 'have')} no label (a blank, NaN, null and ? are none).`;
    findings.push({ code: 'labels-missing', severity: 'warning', sentence });
  }
  const alike = Object.values(grouped([...labels.keys()])).filter(({ length }) => length > 1);
  if (alike.length > 0) {
    const sentence = `${fileName}: the classes ${listed(alike.flat(), MOST_NAMED)} differ in capitals, blanks, hyphens or underscores alone; they are classes of their own, so write them alike if they are one.`;
    findings.push({ code: 'labels-alike', severity: 'warning', sentence });
  }
  return findings;
}

function grouped(labels: readonly string[]): Record<string, string[]> {
  const groups: Record<string, string[]> = Object.create(null);
  for (const label of labels) {
    const key = label
      .toLowerCase()
      .trim()
      .replace(/[\s_-]+/g, joint);
    groups[key] = [...(groups[key] ?? []), label];
  }
  return groups;
}

/** What parts the words of a name is nothing; what may be a sign (-1, x-1, A-) or part numbers (1 2) is something. */
function joint(run: string, at: number, label: string): string {
  const [before = '', after = ''] = [label[at - 1], label[at + run.length]];
  const isSign = run.includes('-') && (before === '' || after === '' || /\d/.test(after));
  if (isSign) return '-';
  return /\d/.test(before) && /\d/.test(after) ? ' ' : '';
}
