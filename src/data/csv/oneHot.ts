import { listed } from '../../format.ts';
import { pythonTexts } from '../pythonLine.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';
import { lastNumber } from './lastNumber.ts';
import { pandasLine } from './pandasLine.ts';
import type { Planning } from './planning.ts';
import type { Sample } from './sample.ts';

/** Fewer rows may add up to one by chance. */
const FEWEST_ROWS = 8;

/**
 * Columns of 0 and 1 of which one is 1 in each row, and stays so within an instance: a label, one column a class.
 * @param cases the columns that name the instance; null: none does, and a label may stand in every row
 * @throws ReadingQuestion `one-hot`
 */
export function askOneHot({ sample, options, free }: Planning, cases: readonly number[] | null): void {
  if (!sample.named || options.features !== undefined || sample.rows.length < FEWEST_ROWS) return;
  const numeric = free.filter((column) => sample.profiles[column]!.kind === 'numeric');
  const columns = numeric.filter((column) => isFlag(sample, column));
  if (columns.length < 2 || columns.length === numeric.length) return;
  // A model that takes them all may have learnt from them.
  if (options.input && numeric.length <= options.input.features) return;
  if (!sample.rows.every((_, row) => sum(sample, row, columns) === 1)) return;
  if (cases !== null && !columns.every((column) => sample.constantWithin(cases, column))) return;
  const names = columns.map((column) => sample.names[column]!);
  const isSteps = names.every((name) => lastNumber(name) !== undefined && !/[\\p{L}]{3}/u.test(name));
  if (isSteps) return;
  const others = numeric.filter((column) => !columns.includes(column)).map((column) => sample.names[column]!);
  const list = pythonTexts(names);
  const change = `df['label'] = df[${list}].idxmax(axis=1); df = df.drop(columns=${list})`;
  const what = `columns ${listed(names)} are 0 or 1, one of them 1 in each row, as a label with a column for each class is; write one column with the label instead${pandasLine(sample, change)}`;
  const { place } = sample.refusal('one-hot', what, columns[0]!);
  throw new ReadingQuestion(
    {
      id: 'one-hot',
      sentence: `${sample.fileName}: ${what}`,
      ways: [
        { label: 'they are left aside', patch: { data: { features: others } } },
        { label: 'they are features', patch: { data: { features: [...others, ...names] } } },
      ],
    },
    place,
  );
}

function isFlag(sample: Sample, column: number): boolean {
  const { whole, distinct } = sample.profiles[column]!;
  return (
    whole && distinct === 2 && sample.rows.every((_, row) => [0, 1].includes(sample.number(row, column)))
  );
}

function sum(sample: Sample, row: number, columns: readonly number[]): number {
  return columns.reduce((total, column) => total + sample.number(row, column), 0);
}
