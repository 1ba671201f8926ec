import { ReadingQuestion } from '../reading/readingQuestion.ts';
import { windowWays } from './continuous.ts';
import { namedFor } from './nameWords.ts';
import type { Planning } from './planning.ts';
import type { Sample } from './sample.ts';

/** Rows of one stretch on average; shorter ones are cases whose rows are mixed. */
const FEWEST_ROWS = 3;
/** What is written where nothing is done. */
const REST = /^(|0(\.0+)?|-\d+(\.0+)?|rest|rests|idle|none|null|nan|na|n\/a|pause|ruhe|break|-)$/i;

/**
 * One value of the case column, 0 or −1 say, comes again and again between the others, which come once each: the rest
 * between trials. Its stretches are no instance.
 * @param column the case by its name
 * @throws ReadingQuestion `rest-between`
 */
export function askRest({ sample, options, free }: Planning, column: number): void {
  const rest = restOf(sample, column);
  if (rest === undefined || options.case !== undefined || options.window !== undefined) return;
  const { runs, distinct } = sample.profiles[column]!;
  const name = sample.names[column]!;
  const features = free.filter((one) => one !== column && sample.profiles[one]!.kind === 'numeric');
  const label = namedFor('label', sample.names)[0];
  throw new ReadingQuestion({
    id: 'rest-between',
    sentence: `${sample.fileName}: column ${name} is ${JSON.stringify(rest)} in ${runs - distinct + 1} places between the other ${distinct - 1}, as it is between trials; leave these rows out of the file if they are rest`,
    ways: [
      {
        label: 'they are one instance like the others, joined in file order',
        gives: `${distinct} instances`,
        patch: { data: { case: name } },
      },
      {
        label: 'all rows are one recording',
        gives: '1 instance',
        patch: {
          data: {
            layout: 'single',
            ...(sample.named && { features: features.map((one) => sample.names[one]!) }),
          },
        },
      },
      ...(label === undefined ? [] : windowWays(sample.names[label]!, options.input)),
    ],
  });
}

/** The one value that comes again, where all others come once. */
export function restOf({ rows, profiles }: Sample, column: number): string | undefined {
  const { runs, distinct } = profiles[column]!;
  if (distinct < 3 || runs < distinct + 1 || rows.length < FEWEST_ROWS * runs) return undefined;
  const places = new Map<string, number>();
  let before: string | undefined;
  for (const row of rows) {
    const value = (row[column] ?? '').trim();
    if (value !== before) places.set(value, (places.get(value) ?? 0) + 1);
    before = value;
  }
  const again = [...places].filter(([, count]) => count > 1);
  return again.length === 1 && REST.test(again[0]![0]) ? again[0]![0] : undefined;
}
