import { basename } from 'node:path';
import type { Dataset } from '../../data/dataset.ts';
import type { ReadingPlan } from '../../data/reading/readingPlan.ts';
import { count } from '../../format.ts';
import { formatMaskChoice } from '../../preprocess/maskChoice.ts';
import type { PreprocessStep } from '../../preprocess/step.ts';
import type { OwnSettings } from '../../project/ownSettings.ts';
import type { Project, ProjectData } from '../../project/projectShape.ts';
import type { ClassNames } from '../classNames.ts';
import { labelsWords } from './labelsWords.ts';
import { SAID } from './said.ts';
import { shapeFacts } from './shapeFacts.ts';
import type { ReadingFact, ReadingTopic } from './topics.ts';

interface Read {
  readonly dataset: Dataset;
  readonly plan: ReadingPlan;
  readonly project: Project | undefined;
  /** Where a model is known. */
  readonly names: ClassNames | undefined;
  /** What the model says of itself, where it was trained here. */
  readonly own?: OwnSettings | undefined;
}

/** How a file is read, a line for each thing that can be changed. */
export function readingFacts(read: Read): ReadingFact[] {
  const fixed = new Set<ReadingTopic>(topicsOf(read));
  return found(read).map((fact) =>
    fixed.has(fact.topic)
      ? { ...fact, why: 'the model itself, which says what it was trained with', byModel: true }
      : fact,
  );
}

/** What a model that was trained here says of itself. */
function topicsOf({ own, project }: Read): ReadingTopic[] {
  if (!own) return [];
  if (project?.script !== undefined) return ['classes'];
  const kinds = own.preprocess.map(({ kind }) => (kind === 'standardize' ? 'standardise' : 'pad'));
  return ['classes', ...kinds, ...(own.missing ? (['missing'] as const) : [])];
}

function found(read: Read): ReadingFact[] {
  const { plan, project, dataset } = read;
  const said = project?.data ?? {};
  const facts: ReadingFact[] = [
    { topic: 'layout', words: layoutWords(plan), why: layoutReason(said, plan) },
    ...shapeFacts(plan, said, dataset.instances.length),
    { topic: 'label', ...labelWords(read) },
    ...(read.names ? [{ topic: 'classes' as const, ...classWords(read.names, project) }] : []),
    { topic: 'mask', ...maskWords(read) },
  ];
  if (project?.script !== undefined) {
    return [
      ...facts,
      { topic: 'standardise', words: `${basename(project.script)} prepares the data`, why: SAID },
    ];
  }
  return [...facts, ...preparation(project?.preprocess ?? [], dataset), missing(project)];
}

/** Rows of several instances are so because of the column, or the split, that is said to part them. */
function layoutReason(said: Partial<ProjectData>, { layout }: ReadingPlan): string {
  const isSaid =
    said.layout !== undefined || (layout === 'long' && (said.case != null || said.split !== undefined));
  return isSaid ? SAID : 'from what the values look like';
}

function layoutWords(plan: ReadingPlan): string {
  const { window, step } = plan;
  return window === undefined
    ? rowsWords(plan)
    : `${rowsWords(plan)}, cut into windows of ${window} every ${step}`;
}

function rowsWords({ layout, format, parts }: ReadingPlan): string {
  const cases = parts.filter(({ role }) => role === 'case').map(({ name }) => name);
  switch (layout) {
    case 'single':
      return 'rows are the steps of one instance';
    case 'long':
      return cases.length === 0
        ? 'rows are steps, parted where "split" says'
        : `rows are steps, ${cases.join(' and ')} tells the instances apart`;
    case 'wide':
      return format === 'ts' ? 'a line is an instance' : 'a row is an instance';
    case 'transposed':
      return 'a row is a feature, the columns are the steps';
    case 'columns':
      return 'a column is an instance, the rows are its steps';
    case 'array':
      return 'an array of instances';
  }
}

function labelWords({ dataset, plan }: Read): Pick<ReadingFact, 'words' | 'why'> {
  const part = plan.parts.find(({ role }) => role === 'label');
  const counts = labelsWords(dataset.instances);
  if (counts === '') return { words: 'none', why: part?.reason ?? 'the file has no labels' };
  if (plan.labelFrom !== undefined) return { words: counts, why: `${plan.labelFrom} says so` };
  return { words: part ? `${part.name}: ${counts}` : counts, why: part?.reason ?? 'the file says so' };
}

function classWords(
  { names, given, values }: ClassNames,
  project: Project | undefined,
): Pick<ReadingFact, 'words' | 'why'> {
  if (values) {
    const why = project?.task === 'regression' ? SAID : 'by what model and labels look like';
    return {
      words: `none: ${count(names.length, 'output')} that ${names.length === 1 ? 'is a number' : 'are numbers'}`,
      why,
    };
  }
  const words = names
    .map((name, index) => `${index} ${name}`)
    .slice(0, 12)
    .join(', ');
  const more = names.length > 12 ? ` and ${names.length - 12} more` : '';
  if (!given) return { words: `${names.length} without names`, why: 'nothing names them' };
  return {
    words: words + more,
    why: project?.classes ? SAID : 'the file names them; in sorted order, as label encoders number them',
  };
}

function maskWords({ dataset, plan, project }: Read): Pick<ReadingFact, 'words' | 'why'> {
  const chosen = project?.mask ?? { kind: 'auto' };
  if (chosen.kind !== 'auto') return { words: formatMaskChoice(chosen), why: SAID };
  const origin = dataset.maskOrigin ?? plan.mask;
  return origin === undefined
    ? {
        words: 'runs that repeat one value, and steps that are put on',
        why: 'the file does not say which steps are real',
      }
    : { words: origin, why: 'the file says which steps are real' };
}

function preparation(steps: readonly PreprocessStep[], { instances }: Dataset): ReadingFact[] {
  const standardise = steps.find(({ kind }) => kind === 'standardize');
  const pad = steps.find(({ kind }) => kind === 'pad');
  const prepared = instances[0]?.prepared === true;
  const as = standardise?.kind === 'standardize' ? STANDARDISED[standardise.by] : 'nothing is standardised';
  const from =
    standardise?.kind === 'standardize' && standardise.by === 'file' ? basename(standardise.from) : '';
  return [
    prepared
      ? { topic: 'standardise', words: 'taken as it is', why: "float32 in the model's own shape" }
      : { topic: 'standardise', words: `${as}${from}`, why: standardise ? SAID : 'no "standardize" is set' },
    ...(prepared ? [] : [{ topic: 'pad' as const, ...padWords(pad) }]),
  ];
}

function padWords(pad: PreprocessStep | undefined): Pick<ReadingFact, 'words' | 'why'> {
  if (pad?.kind !== 'pad') {
    return { words: '0 at the end, where a series is too short', why: 'no "pad" is set' };
  }
  const to = pad.to === null ? 'what the model takes' : count(pad.to, 'step');
  return { words: `${pad.value} at the ${pad.side}, up to ${to}`, why: SAID };
}

const STANDARDISED = {
  given: 'by mean and deviation of each feature',
  instance: 'each instance by itself',
  file: 'by mean and deviation of ',
} as const;

function missing(project: Project | undefined): ReadingFact {
  const policy = project?.data.missing;
  const words = {
    refuse: 'none allowed but at the end of a series',
    keep: 'kept as NaN',
    zero: 'filled with 0',
    previous: 'filled with the value before',
    interpolate: 'filled between their neighbours',
  } as const;
  return { topic: 'missing', words: words[policy ?? 'refuse'], why: policy ? SAID : 'nothing is set' };
}
