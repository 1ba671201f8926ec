import * as vscode from 'vscode';
import type { ProjectPatch } from '../../../data/reading/readingPlan.ts';
import { askText } from '../../surfaces/inputBox.ts';
import type { Change } from './change.ts';

/**
 * Orders that are often met, and one to type; whether there are classes at all.
 * @param labels of the file, in order of appearance
 * @param areValues the outputs are taken for numbers; undefined where that is open
 */
export function classChanges(
  classes: readonly string[],
  labels: readonly string[],
  areValues: boolean | undefined,
): Change[] {
  const t = vscode.l10n.t;
  const numbers = {
    label: t('The outputs are numbers and no classes (a regression)'),
    patch: { task: 'regression' },
  } as const;
  const plain = { label: t('The outputs are classes'), patch: { task: 'classification' } } as const;
  if (areValues) return [plain];
  const told = areValues === undefined ? [plain, numbers] : [numbers];
  return [...orderChanges(classes, labels), ...told];
}

function orderChanges(classes: readonly string[], labels: readonly string[]): Change[] {
  const t = vscode.l10n.t;
  const orders: readonly (readonly [string, readonly string[]])[] = [
    [t('sorted, as label encoders number them'), (labels.length > 0 ? labels : classes).toSorted()],
    [t('in order of appearance in the file'), labels],
    [t('the other way round'), classes.toReversed()],
  ];
  const seen = new Set([JSON.stringify(classes)]);
  const offered = orders.flatMap(([label, names]): Change[] => {
    const key = JSON.stringify(names);
    if (names.length !== classes.length || names.length < 2 || seen.has(key)) return [];
    seen.add(key);
    return [{ label, description: names.join(', '), patch: { classes: names } }];
  });
  return [...offered, { label: t('Names in the order of the outputs…'), ask: () => askNames(classes) }];
}

async function askNames(classes: readonly string[]): Promise<ProjectPatch | undefined> {
  const typed = await askText({
    title: vscode.l10n.t('Class Names'),
    prompt: vscode.l10n.t("{0} names in the order of the model's outputs, with commas", classes.length),
    value: classes.join(', '),
    fault: (text) => fault(names(text), classes.length),
  });
  return typed === undefined ? undefined : { classes: names(typed) };
}

function names(text: string): string[] {
  return text.split(',').map((name) => name.trim());
}

function fault(given: readonly string[], count: number): string | undefined {
  if (given.length !== count) {
    return vscode.l10n.t('The model has {0} classes; these are {1}.', count, given.length);
  }
  return given.includes('') || new Set(given).size < given.length
    ? vscode.l10n.t('Every class needs a name of its own.')
    : undefined;
}
