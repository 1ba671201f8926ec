import { Refusal } from '../refusal.ts';
import type { AlignedGrid } from './align.ts';

/** Cells of all mean maps together; each holds a mean and its squares, in double precision. */
const CELLS = 6e6;
/** Importance values of all instances together. */
const IMPORTANCES = 50e6;
const BINS = 50;
const FEWEST_COLUMNS = 8;
/** Three alignments, two scales. */
const MAPS_PER_GROUP = 6;
/** A file with more different labels than this, and than the model has classes, has no class labels. */
const MOST_LABELS = 20;

/** Whether the labels of a file are classes to group by. */
export function groupsByLabel(labels: ReadonlySet<string>, classes: number): boolean {
  return labels.size > 0 && labels.size <= Math.max(MOST_LABELS, classes);
}

/**
 * How fine the mean maps can be within a bound of memory that does not hang on the number of instances.
 * @param longest steps of the longest instance
 * @throws Refusal `too-large`
 */
export function planGrid(size: {
  readonly instances: number;
  readonly rows: number;
  readonly longest: number;
  readonly groups: number;
}): AlignedGrid {
  const { instances, rows, longest, groups } = size;
  const columns = Math.floor(CELLS / (rows * groups * MAPS_PER_GROUP));
  if (columns < FEWEST_COLUMNS || instances * rows > IMPORTANCES) {
    throw new Refusal(
      'too-large',
      `Maps of ${rows} rows for ${instances} instances in ${groups} groups are too much to hold at once: choose a layer with a time map only, or fewer instances.`,
    );
  }
  return {
    stepsPerColumn: Math.max(1, Math.ceil(longest / columns)),
    bins: Math.max(1, Math.min(BINS, longest, columns)),
  };
}
