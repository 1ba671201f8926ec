import { basename } from 'node:path';
import type { Dataset } from '../../data/dataset.ts';
import type { Finding } from '../../finding.ts';
import { listed } from '../../format.ts';
import type { PreprocessStep } from '../../preprocess/step.ts';
import type { Project } from '../../project/projectShape.ts';
import { settingsNaming } from '../../project/settingsNaming.ts';
import { likeness } from './rawArray.ts';

interface Asked {
  readonly data: string;
  readonly model: string;
  /** No attribution.json outside this folder is looked at. */
  readonly within?: string;
}

/**
 * What is said where no attribution.json lies with the data, though the one beside or above the model names that model
 * and says how series come to it: it is for its own data, and others may be prepared already.
 * @param project what applies to the data; with steps, a script or a model in it nothing is missing
 */
export async function settingsElsewhere(
  dataset: Dataset,
  asked: Asked,
  project: Project | undefined,
): Promise<Finding[]> {
  if (project && (project.preprocess.length > 0 || project.script || project.model || project.unprepared))
    return [];
  const beside = await settingsNaming(asked.model, asked.within);
  if (!beside) return [];
  const { preprocess, script, classes } = beside;
  const unnamed = classes && !project?.classes ? `, names its classes ${listed(classes, 12)}` : '';
  const steps = script === undefined ? stepWords(preprocess) : 'prepares what goes to it by a script';
  if (steps === '' && unnamed === '') return [];
  const numbers = likenessOf(dataset, preprocess);
  const said = [
    `${basename(asked.data)} goes to ${basename(asked.model)} as it stands.`,
    `The attribution.json of ${basename(beside.folder)}, which is for other files, names this model${unnamed}${steps && ` and ${steps}`}.`,
    ...(numbers
      ? [
          `The numbers here (${numbers.words}) are like ${numbers.isRaw ? `raw ones${numbers.trained === undefined ? '' : ` (${numbers.trained})`}` : 'standardised ones'}.`,
        ]
      : []),
    'If it holds for them as well, take it over (--config on the command line).',
  ];
  const isPrepared = numbers !== undefined && !numbers.isRaw;
  return [
    { code: 'settings-elsewhere', severity: isPrepared ? 'info' : 'warning', sentence: said.join(' ') },
  ];
}

/** A file is asked for again with every instance that is looked at. */
const known = new WeakMap<Dataset, { readonly key: string; readonly like: ReturnType<typeof likeness> }>();

function likenessOf(dataset: Dataset, steps: readonly PreprocessStep[]): ReturnType<typeof likeness> {
  const key = JSON.stringify(steps);
  const before = known.get(dataset);
  if (before?.key === key) return before.like;
  const like = likeness(dataset, steps);
  known.set(dataset, { key, like });
  return like;
}

const WORDS: Readonly<Record<PreprocessStep['kind'], string>> = {
  standardize: 'standardises',
  pad: 'pads',
  resample: 'stretches',
  truncate: 'cuts',
};

function stepWords(steps: readonly PreprocessStep[]): string {
  return steps.length === 0 ? '' : `${steps.map(({ kind }) => WORDS[kind]).join(' and ')} what goes to it`;
}
