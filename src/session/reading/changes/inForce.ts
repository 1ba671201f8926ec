import * as vscode from 'vscode';
import type { PatchValue, ReadingPlan } from '../../../data/reading/readingPlan.ts';
import type { Change } from './change.ts';

/** The row that writes down what was found: the file is read as before, and nothing about it is inferred any more. */
export function inForce(name: string, data: Readonly<Record<string, PatchValue>>): Change {
  const description = Object.entries(data)
    .map(([key, value]) => `"${key}": ${JSON.stringify(value)}`)
    .join(', ');
  return { label: vscode.l10n.t('As it is read now: {0}', name), description, patch: { data } };
}

/** None where one setting does not say it: rows in windows or in parts, several features in a row. */
export function layoutInForce({ layout, parts, features, window, instances }: ReadingPlan): Change[] {
  if (window !== undefined) return [];
  const cases = parts.filter(({ role }) => role === 'case').map(({ name }) => name);
  switch (layout) {
    case 'long':
      return cases.length === 1 ? [inForce(layout, { layout, case: cases[0]! })] : [];
    case 'single':
      return instances === 1 ? [inForce(layout, { layout })] : [];
    case 'wide':
      return features.length === 1 ? [inForce(layout, { layout })] : [];
    case 'transposed':
    case 'columns':
      return [inForce(layout, { layout })];
    default:
      return [];
  }
}
