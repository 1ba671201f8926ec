import { count, listed } from '../../format.ts';
import type { InputLayout } from '../../graph/inputLayout.ts';
import type { ExpectedInput } from '../dataOptions.ts';
import type { Alternative } from '../reading/readingPlan.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';
import { fewWholeNumbers } from './classNumbers.ts';
import { unnamed } from './header.ts';
import { timeName } from './nameWords.ts';
import { isStatic, type KnownRoles } from './noSignal.ts';
import type { Sample } from './sample.ts';
import { seriesInColumns } from './seriesInColumns.ts';

/** Share of the rows that go forward in a time that starts again now and then. */
const MOSTLY = 0.8;
/** Of a question. */
const MOST_WAYS = 4;
/** Of a window. */
const FEWEST_STEPS = 8;

/** What a table is read for. */
interface Asked {
  readonly input: ExpectedInput;
  /** The settings say what a row is. */
  readonly isSaid: boolean;
}

/** What is asked of a table with more columns of numbers than the model has features, none of them plainly something else. */
export function tooManyColumns(
  sample: Sample,
  { layout, label }: KnownRoles,
  columns: readonly number[],
  { input: { features: wanted, steps, layout: order }, isSaid }: Asked,
): ReadingQuestion {
  const { names } = sample;
  const features = (chosen: readonly number[]): Alternative['patch'] => ({
    data: { features: chosen.map((column) => names[column]!) },
  });
  const asked = (hint: string, ways: Alternative[]): ReadingQuestion =>
    excess(sample, columns, wanted, hint, ways);
  const but = (some: readonly number[]): number[] => columns.filter((column) => !some.includes(column));
  // Signals may be few whole numbers, too; what stays the same through each instance is none.
  const still = label === null ? columns.filter((column) => isStatic(sample, layout, column)) : [];
  const classes = still.filter((column) => fewWholeNumbers(sample, column));
  if (classes.length > 0 && but(still).length === wanted) {
    const which = listed(still.map((column) => names[column]!));
    const [is, none] =
      still.length === 1 ? ['is', 'is no feature'] : ['are', 'are neither label nor feature'];
    return asked(`; ${which} ${is} one number through each instance, as a class is`, [
      ...classes.slice(0, MOST_WAYS - 1).map((column) => ({
        label: `${names[column]} is the label`,
        patch: { data: { label: names[column]! } },
      })),
      { label: `${which} ${none}`, patch: features(but(still)) },
    ]);
  }
  const suspects = columns.filter((column) => fewWholeNumbers(sample, column));
  const [suspect] = suspects;
  if (suspect !== undefined && suspects.length === 1 && but(suspects).length === wanted) {
    const heads = sample.headsEach(layout.case, suspect);
    const changes = !heads && !sample.constantWithin(layout.case, suspect);
    const ways: Alternative[] = [];
    if (!changes && label === null)
      ways.push({ label: `${names[suspect]} is the label`, patch: { data: { label: names[suspect]! } } });
    ways.push({ label: `${names[suspect]} is no feature`, patch: features(but(suspects)) });
    const hint = changes
      ? `; ${names[suspect]} has few whole numbers and changes on the way, as a label per row does (one instance has one label)`
      : `; ${names[suspect]} is one whole number ${heads ? 'in the first row of each instance' : 'throughout'}, as a label is`;
    return asked(hint, ways);
  }
  // Neither the model's graph nor this table says for sure which axis of its input is time.
  if (columns.length === steps) {
    const turned = order.replace(/[FT]/g, (axis) => (axis === 'F' ? 'T' : 'F')) as InputLayout;
    return asked(`, as many as it is taken to have steps ("input": "${order}")`, [
      { label: `a series has ${steps} features and ${wanted} steps`, patch: { input: turned } },
    ]);
  }
  // Of one recording, each column may be a series of the one feature; none of them has a class then.
  const series = seriesInColumns(
    columns.length,
    but([]).map((column) => names[column]!),
  );
  const patch = label === null ? series.patch : { data: { ...series.patch.data, label: null } };
  const alone = wanted === 1 && layout.layout === 'single' && !isSaid ? [{ ...series, patch }] : [];
  // The first of many numbered columns are no guess worth making.
  if (columns.length > 3 * wanted + 8)
    return asked('', [...alone, ...flattenedWays(sample, columns, wanted)]);
  const likely = columns.filter((column) => !isUnlikely(sample, column));
  if (likely.length === wanted) {
    return asked('', [{ label: 'these are the features', patch: features(likely) }, ...alone]);
  }
  const ends = [columns.slice(0, wanted), columns.slice(-wanted)];
  return asked('', [
    ...ends.map((some) => ({
      label: `${listed(but(some).map((column) => names[column]!))} ${but(some).length === 1 ? 'is no feature' : 'are no features'}`,
      patch: features(some),
    })),
    ...alone,
  ]);
}

/** Rows of whole windows of several features, without names that say the order. */
function flattenedWays(sample: Sample, columns: readonly number[], wanted: number): Alternative[] {
  const isClass = [columns[0]!, columns.at(-1)!].some((column) => fewWholeNumbers(sample, column));
  const length = [columns.length, ...(isClass ? [columns.length - 1] : [])].find((all) => all % wanted === 0);
  if (wanted === 1 || length === undefined || length < wanted * FEWEST_STEPS) return [];
  const gives = `${sample.rows.length} × ${length / wanted} steps`;
  return [
    {
      label: 'each row is a window with all steps of one feature together',
      gives,
      patch: { data: { layout: 'flatFT' } },
    },
    {
      label: 'each row is a window with all features of one step together',
      gives,
      patch: { data: { layout: 'flatTF' } },
    },
  ];
}

/** Numbers that go forward throughout, that never change, or that mostly lack; a column without a name before the others. */
function isUnlikely({ profiles, named, names, rows }: Sample, column: number): boolean {
  const { forward, distinct, filled, rows: all, whole } = profiles[column]!;
  const isIndex = named && column === 0 && names[column] === unnamed(0) && whole && distinct === filled;
  // `steps` may be those of a walker.
  const time = named ? timeName(names[column]!) : null;
  const isTime = time === 'sure' || (time === 'likely' && forward >= MOSTLY);
  return isIndex || isTime || (forward >= 0.99 && rows.length > 8) || distinct === 1 || filled * 2 < all;
}

function excess(
  sample: Sample,
  columns: readonly number[],
  wanted: number,
  hint: string,
  ways: Alternative[],
): ReadingQuestion {
  const names = listed(
    columns.map((column) => sample.names[column]!),
    12,
  );
  return new ReadingQuestion({
    id: 'too-many-columns',
    sentence: `The model takes ${count(wanted, 'feature')}, the data has ${columns.length} (${names})${hint}; list the model's features under "data" ("features"), or name what the others are`,
    ways,
  });
}
