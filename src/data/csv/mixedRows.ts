import type { Alternative } from '../reading/readingPlan.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';
import { areCalendarWords } from './calendarWords.ts';
import type { Layout } from './layout.ts';
import { namesVariable } from './meltedByName.ts';
import { namesDevice, namesNumberOf } from './nameWords.ts';
import type { Planning } from './planning.ts';
import type { Sample } from './sample.ts';
import { movesWithin, shareBetween } from './shareBetween.ts';
import { isCounter } from './timeColumn.ts';

const MOST_KINDS = 60;
/** Share of the variance of a column. */
const LIE_APART = 0.6;
/** Of what values move from row to row. */
const GO_ON = 0.5;
/** Fewer rows may lie apart by chance. */
const FEWEST_ROWS = 32;
/** What measures, or carries what does. */
const SENSOR =
  /^(sensor|channel|imu|node|tag|mac|beacon|anchor|watch|phone)([ _-]?(id|no|nr|code|name|type|addr(ess)?))?$/i;

/**
 * Rows of several sensors or devices under each other: beside the values stands a column of few words or codes that change
 * nearly from row to row. Read as they stand they would be the steps of one recording.
 * @param numbers the columns of numbers that have no other role
 * @throws ReadingQuestion `mixed-rows`
 */
export function askMixedRows(
  { sample, options, free }: Planning,
  { case: cases, layout }: Layout,
  time: number | null,
  numbers: readonly number[],
): void {
  // Whoever names the layout says what a row is.
  if (options.features !== undefined || options.layout !== undefined) return;
  if (layout !== 'single' && layout !== 'long') return;
  const chosen = numbers.filter((column) => !isCounter(sample, column) || couldMix(sample, column));
  const mixing = [...free, ...chosen].find(
    (column) => column !== time && !cases.includes(column) && mixes(sample, column, chosen),
  );
  if (mixing === undefined) return;
  const name = (column: number): string => sample.names[column]!;
  const values = chosen.filter((column) => column !== mixing);
  const { distinct, kind } = sample.profiles[mixing]!;
  const fits = (features: readonly number[]) =>
    features.length === (options.input?.features ?? features.length);
  const ways: Alternative[] = [];
  if (fits(values)) {
    const keys = [...cases, mixing].map(name);
    ways.push(
      {
        label: `each ${name(mixing)} is an instance of its own`,
        patch: { data: { case: keys.length === 1 ? keys[0]! : keys } },
      },
      {
        label: `the rows are the steps of one recording, ${name(mixing)} is left aside`,
        patch: { data: { features: values.map(name) } },
      },
    );
  }
  if (kind !== 'text' && fits(chosen))
    ways.push({
      label: `${name(mixing)} is a feature like the others`,
      patch: { data: { features: chosen.map(name) } },
    });
  throw new ReadingQuestion({
    id: 'mixed-rows',
    sentence: `${sample.fileName}: column "${name(mixing)}" has ${distinct} ${kind === 'text' ? 'words' : 'numbers'} that change often from row to row, as where each row is what one of several sensors or devices measured; features of one instance are written in a column each`,
    ways,
  });
}

/** Few of them, and on average fewer than three rows of one after another. */
function couldMix({ profiles }: Sample, column: number): boolean {
  const { kind, whole, distinct, filled, runs, rows } = profiles[column]!;
  if ((kind !== 'text' && !whole) || filled < rows) return false;
  return distinct > 1 && distinct <= MOST_KINDS && distinct * 2 <= filled && runs * 3 > filled;
}

/** Words whose values lie apart or go on apart, and names and numbers of what measures. */
function mixes(sample: Sample, column: number, chosen: readonly number[]): boolean {
  if (!couldMix(sample, column)) return false;
  const { kind, even } = sample.profiles[column]!;
  const values = chosen.filter((one) => one !== column);
  // Words beside one column of values: see melted.ts.
  if (values.length === 0 || (kind === 'text' && values.length === 1)) return false;
  const name = sample.names[column]!;
  if (sample.named && (namesVariable(name) || namesDevice(name) || SENSOR.test(name.trim()))) return true;
  if (kind !== 'text') return sample.named && !even && namesNumberOf(name);
  if (sample.rows.length < FEWEST_ROWS || areCalendarWords(sample, column)) return false;
  return values.some(
    (value) => shareBetween(sample, column, value) >= LIE_APART || movesWithin(sample, column, value) < GO_ON,
  );
}
