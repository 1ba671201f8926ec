import { listed } from '../../format.ts';
import { Refusal } from '../../refusal.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';
import { classesAtEnds } from './classAtEnd.ts';
import { countClasses, fewWholeNumbers } from './classNumbers.ts';
import { labelInferred } from './labelColumn.ts';
import { namesDevice, namesNoClass, saysClass } from './nameWords.ts';
import type { Planning } from './planning.ts';
import type { Sample } from './sample.ts';
import type { NumberedColumns } from './stepNames.ts';
import { inOrder } from './stepOrder.ts';

const NO_STEP = 'not numbered like the steps; "layout": "flatFT" takes every column as a step';

const NO_CLASS =
  'named like a person or a recording rather than a class; set "label" under "data" in attribution.json if it is one';

/**
 * Of rows that are series: the numbered steps in order, and the label among the few columns of numbers beside them.
 * @throws Refusal `one-hot`; ReadingQuestion `label-column`, `odd-steps`
 */
export function numberedSteps(
  planning: Planning,
  numbered: NumberedColumns,
  label: number | null,
): { steps: readonly number[]; label: number | null } {
  const { sample, options, findings } = planning;
  const { others, columns } = numbered;
  const want = options.input?.steps;
  const all = columns.length + others.length;
  if (others.length > 0 && want === all && options.layout === undefined)
    throw stepsQuestion(sample, numbered);
  let found = label;
  if (label === null && options.label === undefined) {
    refuseOneHot(sample, others);
    const classes = others.filter(
      (column) => holdsClasses(sample, column) && !namesNoClass(sample.names[column]!),
    );
    // Whose the series is says another column, or else a name that is not that of a class.
    const isOthers = others.some((column) => namesNoClass(sample.names[column]!));
    const isDoubtful = classes.some(
      (column) => maySayWhose(sample.names[column]!) || !(isOthers || saysClass(sample.names[column]!)),
    );
    if (classes.length === 1 && !isDoubtful && (want === columns.length || want === all - 1)) {
      found = classes[0]!;
      findings.push(labelInferred(sample, found));
    } else if (classes.length > 0) throw classQuestion(sample, classes, columns.length);
    if (found === null && want !== columns.length) askNumberedClass(sample, columns);
  }
  const left = others.filter((column) => column !== found);
  const persons = found === null ? left.filter((column) => namesNoClass(sample.names[column]!)) : [];
  planning.leaveBeside(persons, NO_CLASS);
  planning.leaveBeside(
    left.filter((column) => !persons.includes(column)),
    NO_STEP,
  );
  return { steps: inOrder(planning, numbered), label: found };
}

/**
 * Of rows without names: up to three columns of whole numbers before or behind steps that are none are the number of the
 * row, the label, and what else is no step.
 * @param fits whether so many steps may be what is left
 * @throws ReadingQuestion `label-column`
 */
export function withoutWholeEnds(
  planning: Planning,
  columns: readonly number[],
  label: number | null,
  fits: (steps: number) => boolean,
): { steps: readonly number[]; label: number | null } | undefined {
  const { sample, options, findings } = planning;
  const isWhole = (column: number): boolean => sample.profiles[column]!.whole;
  const from = columns.findIndex((column) => !isWhole(column));
  const to = columns.findLastIndex((column) => !isWhole(column)) + 1;
  const steps = columns.slice(from, to);
  const ends = [...columns.slice(0, from), ...columns.slice(to)];
  const isFrame =
    ends.length > 0 && ends.length <= 3 && steps.length >= 8 && sample.rows.length >= 3 && fits(steps.length);
  const varies = ends.every((column) => {
    const { distinct, filled } = sample.profiles[column]!;
    return distinct > 1 && filled === sample.rows.length;
  });
  if (isOneHot(sample, ends)) {
    if (options.input?.steps != null) return undefined;
    refuseOneHot(sample, ends);
  }
  if (!isFrame || !varies || steps.some(isWhole) || options.input?.steps === columns.length) return undefined;
  const ids = ends.filter((column) => sample.profiles[column]!.counts);
  const rest = ends.filter((column) => !ids.includes(column));
  const isKnown = label !== null || options.label !== undefined;
  if (label !== null && options.label === undefined) {
    if (rest.length === 1) askClassBesideWords(sample, label, rest[0]!);
    const more = rest.filter(fewKinds(sample));
    if (more.length > 0) throw classQuestion(sample, [label, ...more], steps.length, options.layout);
  }
  // One column alone is looked at as ever, where nothing else is the label.
  if (ids.length === 0 && rest.length < 2 && !(isKnown && fewWholeNumbers(sample, rest[0]!)))
    return undefined;
  const classes = isKnown ? [] : rest.filter(fewKinds(sample));
  if (classes.length > 1) throw classQuestion(sample, classes, steps.length, options.layout);
  const [found] = classes;
  if (found !== undefined) findings.push(labelInferred(sample, found));
  const left = ends.filter((column) => column !== found);
  if (left.length > 0)
    planning.leaveBeside(
      left,
      'whole numbers beside steps that are none; "layout": "flatFT" takes every column as a step',
    );
  return { steps, label: label ?? found ?? null };
}

/** Without names a word may be the class of its series, or a person whose class stands at an end. @throws ReadingQuestion `label-column` */
function askClassBesideWords(sample: Sample, words: number, end: number): void {
  const { fileName, names, profiles } = sample;
  if (profiles[words]!.kind !== 'text' || !fewWholeNumbers(sample, end)) return;
  const [word, number] = [names[words]!, names[end]!];
  throw new ReadingQuestion({
    id: 'label-column',
    sentence: `${fileName} has no names of columns: the words of ${word} could be the label, and so could ${number}, few whole numbers at an end of steps that are none`,
    ways: [
      { label: `${number} is the label`, patch: { data: { label: number, layout: 'wide' } } },
      {
        label: `${word} is the label, and ${number} no step`,
        patch: { data: { label: word, layout: 'wide' } },
      },
      {
        label: `${word} is the label, and every number is a step`,
        patch: { data: { label: word, layout: 'flatFT' } },
      },
    ],
  });
}

/**
 * Words were taken for the label, but the first or last of steps of whole numbers could be it as well.
 * @throws ReadingQuestion `label-column`
 */
export function askBesideWords(
  { sample, options }: Planning,
  columns: readonly number[],
  label: number,
): void {
  if (options.label !== undefined || sample.named || options.input?.steps === columns.length) return;
  const [number] = classesAtEnds(sample, columns);
  if (number === undefined) return;
  const [word, name] = [sample.names[label]!, sample.names[number]!];
  throw new ReadingQuestion({
    id: 'label-column',
    sentence: `${sample.fileName} has words in ${word}, and whole numbers in ${name} that differ from those beside it: each could be the label`,
    ways: [
      { label: `${name} is the label`, patch: { data: { label: name, layout: 'wide' } } },
      {
        label: `${word} is the label, and ${name} is a step`,
        patch: { data: { label: word, layout: 'wide' } },
      },
    ],
  });
}

/** Beside an id, say, the class may be numbered along with the steps. @throws ReadingQuestion `label-column` */
function askNumberedClass(sample: Sample, columns: readonly number[]): void {
  const classes = classesAtEnds(sample, columns);
  if (classes.length > 0) throw classQuestion(sample, classes, columns.length - 1);
}

/** A rat or a pump is what a row is of, or what it shows; a fall is what happens, or a case in German. */
function maySayWhose(name: string): boolean {
  return namesDevice(name) || /^fall$/i.test(name.trim());
}

function holdsClasses(sample: Sample, column: number): boolean {
  const isFew = fewWholeNumbers(sample, column) && sample.profiles[column]!.distinct > 1;
  return isFew || countClasses(sample, column);
}

function fewKinds({ profiles }: Sample) {
  return (column: number): boolean => profiles[column]!.distinct * 2 <= profiles[column]!.filled;
}

/** As many columns as the model takes steps only with those that are named otherwise. */
function stepsQuestion(sample: Sample, { columns, others }: NumberedColumns): ReadingQuestion {
  const names = listed(others.map((column) => sample.names[column]!));
  const verb = others.length === 1 ? 'is' : 'are';
  return new ReadingQuestion({
    id: 'odd-steps',
    sentence: `${sample.fileName} has as many columns of numbers in a row as the model takes steps (${columns.length + others.length}), but ${names} ${verb} not numbered like the others`,
    ways: [
      {
        label: `${names} ${verb} no ${others.length === 1 ? 'step' : 'steps'}`,
        gives: `${sample.rows.length} × ${columns.length} steps`,
        patch: { data: { layout: 'wide' } },
      },
      {
        label: 'every column is a step',
        gives: `${sample.rows.length} × ${columns.length + others.length} steps`,
        patch: { data: { layout: 'flatFT' } },
      },
    ],
  });
}

function classQuestion(
  sample: Sample,
  classes: readonly number[],
  steps: number,
  layout: Planning['options']['layout'] = 'wide',
): ReadingQuestion {
  const names = classes.map((column) => sample.names[column]!);
  return new ReadingQuestion({
    id: 'label-column',
    sentence: `${sample.fileName} has ${layout === 'wide' ? `series of ${steps} steps` : `windows of ${steps} numbers`}, and beside them ${listed(names)} could be the label`,
    ways: [
      ...names.map((label) => ({
        label: `${label} is the label`,
        patch: { data: { label, layout } },
      })),
      { label: 'there is no label', patch: { data: { label: null, layout } } },
    ],
  });
}

/** @throws Refusal `one-hot` */
function refuseOneHot(sample: Sample, others: readonly number[]): void {
  const flags = others.filter((column) => isFlag(sample, column));
  if (!isOneHot(sample, flags)) return;
  const names = listed(flags.map((column) => sample.names[column]!));
  throw new Refusal(
    'one-hot',
    `${sample.fileName}: columns ${names} beside the steps are 0 or 1 with a single 1 in each row, as a one-hot label is; write it as one column of class names or numbers (in NumPy y.argmax(1)).`,
  );
}

function isOneHot(sample: Sample, columns: readonly number[]): boolean {
  return (
    columns.length > 1 &&
    columns.every((column) => isFlag(sample, column)) &&
    // Constant ones may be padding, and a first step that is always 1.
    (columns.some((column) => sample.profiles[column]!.distinct > 1) ||
      columns.at(-1)! - columns[0]! === columns.length - 1) &&
    sample.rows.every(
      (_, row) => columns.reduce((total, column) => total + sample.number(row, column), 0) === 1,
    )
  );
}

function isFlag(sample: Sample, column: number): boolean {
  return sample.rows.every((_, row) => [0, 1].includes(sample.number(row, column)));
}
