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
 * Whether words may be persons, machines or stays rather than classes: nothing in their name says a class, and it is that of
 * a number of something, they are running numbers (P01, P02), or there are many of few instances each.
 * @param name blank where none is known
 * @param words each once
 */
export function mayNameWhose(name: string, words: readonly string[], instances: number): boolean {
  if (words.length < 2 || isLabelCode(name) || namedFor('label', [name]).length > 0 || saysClass(name))
    return false;
  if (namesNumberOf(name) || areRunningNumbers(words)) return true;
  return name !== '' && words.length >= MANY_KINDS && instances <= FEW_EACH * words.length;
}

/** Words of one beginning and a number: P01, P02. What begins with `class` or `type` is one. */
function areRunningNumbers(words: readonly string[]): boolean {
  const parts = words.map(lastNumber);
  const stem = parts[0]?.before ?? '';
  return stem !== '' && !saysClass(stem) && parts.every((part) => part?.before === stem);
}

/**
 * Asked of words that were taken for the label by their look.
 * @throws ReadingQuestion `label-column`
 */
export function askWhose({ sample, options }: Planning, found: Layout, column: number): void {
  const { layout, case: cases } = found;
  const [only] = cases;
  const { rows, named, names, profiles } = sample;
  const words = [...new Set(rows.map((row) => (row[column] ?? '').trim()).filter((word) => word !== ''))];
  const isLong = layout === 'long' && only !== undefined;
  const instances = profiles[isLong ? only : column]![isLong ? 'distinct' : 'filled'];
  const isClass = sample.rows.every((row) => options.classes?.includes((row[column] ?? '').trim()));
  if (options.label === undefined && !isClass && mayNameWhose(named ? names[column]! : '', words, instances))
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
