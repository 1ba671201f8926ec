import { listed } from '../../format.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';
import type { Planning } from './planning.ts';

/** Fewer rows may be a few short series. */
const fewestRows = 8;
/** Columns of one recording without names: few devices have more channels. */
const MOST_CHANNELS = 20;

/** Rows of a few numbers for a model that takes many are rather steps than series. @throws ReadingQuestion `few-steps` */
export function askFewSteps({ sample, options }: Planning, numeric: readonly number[]): void {
  const steps = options.input?.steps ?? null;
  const width = numeric.length;
  const few = steps === null ? width <= 6 : width * 10 <= steps || (width <= 6 && width * 2 <= steps);
  if (!few || sample.rows.length < fewestRows) return;
  const name = (column: number): string => sample.names[column]!;
  throw new ReadingQuestion({
    id: 'few-steps',
    sentence: `${sample.fileName} has ${numeric.length} columns of numbers (${listed(numeric.map(name))}) and the model takes one feature${steps === null ? '' : ` of ${steps} steps`}: either each row is a step and one column the feature, or each row is a series of ${numeric.length} steps`,
    ways: [
      sample.named
        ? {
            label: `${name(numeric[0]!)} is the feature`,
            patch: { data: { layout: 'single', features: [name(numeric[0]!)] } },
          }
        : {
            label: `the last column is the label and the rows are steps`,
            patch: { data: { layout: 'single', label: name(numeric.at(-1)!) } },
          },
      { label: 'each row is a series', patch: { data: { layout: 'wide' } } },
    ],
  });
}

/**
 * A table without names that is far wider than it is long, read for no model: its rows are series or features rather than
 * steps. @throws ReadingQuestion `few-rows`
 */
export function askFewRows({ sample, options, used }: Planning): void {
  const width = sample.numeric(used).length;
  const { length } = sample.rows;
  const isSettled = sample.named || options.input || options.features || options.split || options.window;
  if (isSettled || width <= MOST_CHANNELS || length * 2 >= width) return;
  throw new ReadingQuestion({
    id: 'few-rows',
    sentence: `${sample.fileName} has ${length} rows of ${width} numbers and no row of names: each row is a series, a feature or a step (a model, with --model, would settle it)`,
    ways: [
      { label: 'each row is a series', patch: { data: { layout: 'wide' } } },
      { label: 'each row is a feature', patch: { data: { layout: 'transposed' } } },
      { label: 'each row is a step', patch: { data: { layout: 'single' } } },
    ],
  });
}
