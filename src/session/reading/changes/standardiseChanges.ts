import * as path from 'node:path';
import * as vscode from 'vscode';
import type { JsonSettings, ProjectPatch } from '../../../data/reading/readingPlan.ts';
import { dataGlob, isDataFile } from '../../dataFiles.ts';
import { askText } from '../../surfaces/inputBox.ts';
import type { Change, ChangeList } from './change.ts';

/** The steps that stand under "preprocess", and where they stand. */
export interface Preprocessing {
  readonly steps: readonly JsonSettings[];
  /** Folder that relative paths start at. */
  readonly folder: string;
}

/** @param features in the model's order */
export function standardiseChanges(before: Preprocessing, features: readonly string[]): Change[] {
  const t = vscode.l10n.t;
  return [
    {
      label: t('Not at all'),
      description: t('the values go to the model as they are'),
      patch: withStep(before, undefined),
    },
    {
      label: t('Each instance by itself'),
      description: t('mean 0 and deviation 1 over its real steps'),
      patch: withStep(before, 'instance'),
    },
    {
      label: t('By a training file…'),
      description: t('mean and deviation of each feature over its real steps'),
      list: () => fileList(before),
    },
    {
      label: t('By numbers…'),
      description: t('that the model was trained with'),
      ask: () => askNumbers(before, features),
    },
  ];
}

/** The list of steps with another "standardize", or without one; others stay where they are. */
function withStep({ steps }: Preprocessing, standardize: JsonSettings[string] | undefined): ProjectPatch {
  const at = steps.findIndex((step) => 'standardize' in step);
  const others = steps.filter((step) => !('standardize' in step));
  const place = at < 0 ? 0 : at;
  return {
    preprocess: standardize === undefined ? others : others.toSpliced(place, 0, { standardize }),
  };
}

async function fileList(before: Preprocessing): Promise<ChangeList> {
  const found = await vscode.workspace.findFiles(dataGlob, '**/node_modules/**', 500);
  const isData = await Promise.all(found.map(isDataFile));
  const items = found
    .filter((_, index) => isData[index])
    .map((file) => ({
      label: path.basename(file.path),
      description: vscode.workspace.asRelativePath(file),
      patch: withStep(before, { from: path.relative(before.folder, file.fsPath).replaceAll('\\', '/') }),
    }))
    .toSorted((a, b) => rank(a.label) - rank(b.label) || a.label.localeCompare(b.label));
  return {
    title: vscode.l10n.t('Training File'),
    placeholder: vscode.l10n.t('Mean and deviation are taken from its real steps'),
    items,
  };
}

function rank(name: string): number {
  return /train/i.test(name) ? 0 : 1;
}

async function askNumbers(
  before: Preprocessing,
  features: readonly string[],
): Promise<ProjectPatch | undefined> {
  const ask = (what: string, least: number) =>
    askText({
      title: vscode.l10n.t('Standardise'),
      prompt: vscode.l10n.t('{0} of {1}, with commas', what, features.join(', ')),
      fault: (text) => fault(numbers(text), features.length, least),
    });
  const mean = await ask(vscode.l10n.t('Means'), Number.NEGATIVE_INFINITY);
  const std = mean === undefined ? undefined : await ask(vscode.l10n.t('Deviations'), 0);
  return mean === undefined || std === undefined
    ? undefined
    : withStep(before, { mean: numbers(mean), std: numbers(std) });
}

function numbers(text: string): number[] {
  return text
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map(Number);
}

function fault(given: readonly number[], count: number, least: number): string | undefined {
  if (given.some((value) => !Number.isFinite(value) || value < least)) {
    return vscode.l10n.t('Numbers only, such as 0.12, 3.5.');
  }
  return given.length === count
    ? undefined
    : vscode.l10n.t('The model takes {0} features; these are {1} numbers.', count, given.length);
}
