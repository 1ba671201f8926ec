import { ReadingQuestion } from '../reading/readingQuestion.ts';
import { lastNumber } from './lastNumber.ts';
import type { Layout } from './layout.ts';
import { isLabelCode, namedFor, namesNumberOf, saysClass } from './nameWords.ts';
import type { Planning } from './planning.ts';
import type { Sample } from './sample.ts';

/** Of persons, machines, stays: kinds at least, and instances of each at most. */
const MANY_KINDS = 6;
const FEW_EACH = 4;

/**
 * Whether the words of a column may be persons, machines or stays rather than classes: nothing in its name says a class, and
 * it is called a number of something, its words are running numbers (P01, P02), or there are many of few instances each.
 */
function mayNameWhose(sample: Sample, { layout, case: cases }: Layout, column: number): boolean {
  const { distinct, filled } = sample.profiles[column]!;
  const name = sample.named ? sample.names[column]! : '';
  if (distinct < 2 || isLabelCode(name) || namedFor('label', [name]).length > 0) return false;
  if (saysClass(name)) return false;
  if (namesNumberOf(name) || areRunningNumbers(sample, column)) return true;
  const [only] = cases;
  const instances = layout === 'long' && only !== undefined ? sample.profiles[only]!.distinct : filled;
  return sample.named && distinct >= MANY_KINDS && instances <= FEW_EACH * distinct;
}

/** Words of one beginning and a number: P01, P02. What begins with `class` or `type` is one. */
function areRunningNumbers({ rows }: Sample, column: number): boolean {
  const words = new Set(rows.map((row) => (row[column] ?? '').trim()).filter((word) => word !== ''));
  const parts = [...words].map(lastNumber);
  const stem = parts[0]?.before ?? '';
  return stem !== '' && !saysClass(stem) && parts.every((part) => part?.before === stem);
}

/**
 * Asked of words that were taken for the label by their look.
 * @throws ReadingQuestion `label-column`
 */
export function askWhose({ sample, options }: Planning, layout: Layout, column: number): void {
  const isClass = sample.rows.every((row) => options.classes?.includes((row[column] ?? '').trim()));
  if (options.label === undefined && !isClass && mayNameWhose(sample, layout, column))
    throw whoseQuestion(sample, column);
}

function whoseQuestion({ fileName, names }: Sample, column: number): ReadingQuestion {
  const label = names[column]!;
  return new ReadingQuestion({
    id: 'label-column',
    sentence: `${fileName}: the words of ${label} could be the label, or name persons, machines or runs that come again`,
    ways: [
      { label: `${label} is the label`, patch: { data: { label } } },
      { label: 'there is no label', patch: { data: { label: null } } },
    ],
  });
}
