import { ROW_NAMES } from './header.ts';
import { isCaseName, namedFor, namesDevice } from './nameWords.ts';
import type { Planning } from './planning.ts';
import type { Sample } from './sample.ts';

/** Fewer rows are no recording in which one value throughout says something. */
const FEWEST_ROWS = 8;

/** One word or whole number throughout, under a name of recordings, persons, devices: others may follow further down. */
export function namesOne({ named, names, profiles }: Sample, column: number): boolean {
  const { kind, whole, distinct, filled, rows } = profiles[column]!;
  const name = names[column]!;
  return (
    named &&
    distinct === 1 &&
    filled === rows &&
    rows >= FEWEST_ROWS &&
    (kind === 'text' || whole) &&
    (isCaseName(name) || namesDevice(name)) &&
    !namedFor('label', names).includes(column)
  );
}

/**
 * The column that names the one instance of the first rows, where others are the signals. Of several it is the one whose
 * name says most.
 * @param time the column of times
 */
export function onlyCase({ sample, options, free }: Planning, time: number | null): number | undefined {
  const { input, features, label, window, case: cases } = options;
  if (features !== undefined || label !== undefined || window !== undefined || cases !== undefined)
    return undefined;
  const isClass = (column: number): boolean =>
    options.classes?.includes(sample.rows[0]![column]!.trim()) ?? false;
  const found = free.filter((column) => column !== time && namesOne(sample, column) && !isClass(column));
  // Numbers in front of the first name are none that somebody has named: that line may be no names at all.
  const unnamed = sample.names.indexOf(ROW_NAMES);
  const numbers = sample.numeric(new Set([...found, unnamed, ...(time === null ? [] : [time])]));
  if (numbers.length < (input?.features ?? 1)) return undefined;
  return found.find((column) => isCaseName(sample.names[column]!)) ?? found[0];
}
