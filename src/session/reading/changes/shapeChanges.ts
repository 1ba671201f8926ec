import * as vscode from 'vscode';
import type { PatchValue, ProjectPatch, ReadingPlan } from '../../../data/reading/readingPlan.ts';
import { askText } from '../../surfaces/inputBox.ts';
import type { Change } from './change.ts';
import { inForce } from './inForce.ts';

/** Where the table of a text file begins, and how its cells are written. */
export function tableChanges({ table }: ReadingPlan): Change[] {
  const t = vscode.l10n.t;
  if (!table) return [];
  const { delimiter, decimal, header, skipped, units } = table;
  const named = header.length > 0;
  const line = header[0] ?? skipped + 1;
  const rows: readonly (readonly [string, Readonly<Record<string, PatchValue>>])[] = [
    named
      ? [t('Line {0} holds data, no names', line), { header: false, skip: line - 1 }]
      : [t('Line {0} holds the names', line), { header: true, skip: line - 1 }],
    [t('Nothing stands before the table'), { skip: 0 }],
    [t('One line more is left out before it'), { skip: line, ...(named && { header: true }) }],
    units === undefined
      ? [t('The line below the names holds units'), { header: true, skip: line - 1, units: true }]
      : [t('Line {0} holds data, no units', units), { header: true, skip: line - 1, units: false }],
    decimal === '.'
      ? [t('Numbers are written 1,5'), { decimal: ',' }]
      : [t('Numbers are written 1.5'), { decimal: '.' }],
    ...DELIMITERS.filter((one) => one !== delimiter).map(
      (one) => [t('Cells are parted by {0}', delimiterWords(one)), { delimiter: one }] as const,
    ),
  ];
  return rows
    .filter(([, data]) => !(data.skip === 0 && skipped === 0 && data.header === undefined))
    .map(([label, data]) => row(label, data));
}

const DELIMITERS = [',', ';', '\t', '|', ' '] as const;

function delimiterWords(delimiter: (typeof DELIMITERS)[number]): string {
  const t = vscode.l10n.t;
  const words = { ',': t('commas'), ';': t('semicolons'), '\t': t('tabs'), '|': t('bars'), ' ': t('blanks') };
  return words[delimiter];
}

/** Which array holds the series. */
export function arrayChanges({ format, parts }: ReadingPlan): Change[] {
  if (format !== 'npz') return [];
  const now = parts.filter(({ role }) => role === 'feature').map(({ name }) => name);
  const others = parts
    .filter(({ role }) => role !== 'feature')
    .map(({ name, role }) => ({
      label: name,
      description: `${role} · "array": "${name}"`,
      patch: { data: { array: name } },
    }));
  return [...(now.length === 1 ? [inForce(now[0]!, { array: now[0]! })] : []), ...others];
}

/** Where rows are parted into instances that no column tells apart. */
export function splitChanges({ layout, format, steps }: ReadingPlan, modelSteps: number | null): Change[] {
  const t = vscode.l10n.t;
  if (format !== 'csv' || layout === 'wide' || layout === 'transposed') return [];
  const [, most] = steps;
  const fits = modelSteps !== null && (most === 0 || modelSteps <= most);
  const long = fits ? modelSteps : Math.max(1, most >> 1);
  return [
    row(t('Each time that starts again begins an instance'), { split: 'time' }),
    row(t('Blank lines part the instances'), { split: 'blank' }),
    row(t('Windows of {0} steps, one after the other', long), { window: long, step: long }),
    row(t('Windows of {0} steps, each half over the one before', long), {
      window: long,
      step: Math.max(1, long >> 1),
    }),
    { label: t('Windows of another length…'), ask: askWindow },
    row(t('All rows are one instance'), { layout: 'single' }),
  ];
}

async function askWindow(): Promise<ProjectPatch | undefined> {
  const t = vscode.l10n.t;
  const typed = await askText({
    title: t('Windows'),
    prompt: t('Steps of a window, and steps from one to the next: 60, 30'),
    fault: (text) =>
      /^\s*[1-9]\d*\s*(,\s*[1-9]\d*\s*)?$/.test(text)
        ? undefined
        : t('One or two whole numbers, such as 60, 30.'),
  });
  if (typed === undefined) return undefined;
  const [window, step = window] = typed.split(',').map(Number) as [number, number?];
  return { data: { window, step: step! } };
}

function row(label: string, data: Readonly<Record<string, PatchValue>>): Change {
  const description = Object.entries(data)
    .map(([key, value]) => `"${key}": ${JSON.stringify(value)}`)
    .join(', ');
  return { label, description, patch: { data } };
}
