import * as vscode from 'vscode';
import type { PatchValue, ReadingPlan } from '../../../data/reading/readingPlan.ts';
import type { Change } from './change.ts';
import { inForce, layoutInForce } from './inForce.ts';

/** Lists whose rows are complete as they stand. */
export function layoutChanges(plan: ReadingPlan): Change[] {
  const { layout, format, parts } = plan;
  const t = vscode.l10n.t;
  if (format !== 'csv') return [];
  const rows: readonly (readonly [string, string])[] = [
    ['single', t('rows are the steps of one instance')],
    ['long', t('rows are steps, a column tells the instances apart')],
    ['wide', t('a row is an instance of one feature')],
    ['flatFT', t('a row is an instance, feature after feature')],
    ['flatTF', t('a row is an instance, step after step')],
    ['transposed', t('a row is a feature, the columns are the steps')],
    ['columns', t('a column is an instance of one feature, the rows are its steps')],
  ];
  const cases = parts.filter(({ role }) => role === 'feature' || role === 'aside' || role === 'case');
  const byCase = cases.slice(0, 8).map(({ name }) => ({
    label: t('Instances by {0}', name),
    description: t('rows are steps, this column tells the instances apart'),
    patch: { data: { layout: 'long', case: name } },
  }));
  const plain = rows
    .filter(([word]) => word !== layout && word !== 'long')
    .map(([word, label]) => ({
      label,
      description: `"layout": "${word}"`,
      patch: { data: { layout: word } },
    }));
  return [...layoutInForce(plan), ...plain, ...(layout === 'long' ? [] : byCase)];
}

/** Other columns the label may stand in, or none. */
export function labelChanges({ parts, features, labelFrom }: ReadingPlan): Change[] {
  const t = vscode.l10n.t;
  const now = parts.find(({ role }) => role === 'label')?.name;
  const names = parts.filter(({ role }) => role !== 'steps').map(({ name }) => name);
  const offered = (names.length > 0 ? names : features).filter((name) => name !== now);
  return [
    ...(now === undefined ? [] : [inForce(now, { label: now })]),
    ...(now === undefined && labelFrom === undefined
      ? []
      : [{ label: t('No label'), patch: { data: { label: null } } }]),
    ...offered.map((name) => ({ label: name, patch: { data: { label: name } } })),
    ...(labelFrom === undefined ? [] : PLACES.map(placeChange)),
  ];
}

/** Of a folder: where the names of its files may say the class. */
const PLACES = ['folder', 'folder:1', 'file', 'file:1', 'file:2'] as const;

function placeChange(labelFrom: (typeof PLACES)[number]): Change {
  const t = vscode.l10n.t;
  const words = {
    folder: t('The folder of each file'),
    'folder:1': t('The first folder from the top'),
    file: t("The file's name without its number"),
    'file:1': t("The first part of the file's name"),
    'file:2': t("The second part of the file's name"),
  };
  return {
    label: words[labelFrom],
    description: `"labelFrom": "${labelFrom}"`,
    patch: { data: { labelFrom } },
  };
}

/** What is done about missing values. */
export function missingChanges(): Change[] {
  const t = vscode.l10n.t;
  const policies: readonly (readonly [PatchValue, string])[] = [
    ['refuse', t('none allowed but at the end of a series')],
    ['previous', t('filled with the value before')],
    ['interpolate', t('filled between their neighbours')],
    ['zero', t('filled with 0')],
    ['keep', t('kept as NaN')],
  ];
  return policies.map(([missing, label]) => ({
    label,
    description: `"missing": "${missing}"`,
    patch: { data: { missing } },
  }));
}

/** How padding is found. */
export function maskChanges({ parts }: ReadingPlan): Change[] {
  const t = vscode.l10n.t;
  const forms: readonly (readonly [string, string])[] = [
    ['auto', t('what the file or the pad step says, else runs that repeat one value')],
    ['none', t('every step is real')],
    ['trailing', t('a last run in which every feature repeats one value')],
    ['leading', t('a first run in which every feature repeats one value')],
    ...parts
      .filter(({ role }) => role !== 'steps' && role !== 'time' && role !== 'case')
      .slice(0, 20)
      .flatMap(({ name }): [string, string][] => [
        [`mask-column:${name}`, t('{0} is 1 on real steps, 0 on padding', name)],
        [`length-column:${name}`, t('{0} counts the real steps, padding at the end', name)],
        [`length-column:${name}@front`, t('{0} counts the real steps, padding at the front', name)],
      ]),
  ];
  return forms.map(([mask, label]) => ({ label, description: `"mask": "${mask}"`, patch: { mask } }));
}
