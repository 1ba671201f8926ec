import { Refusal } from '../refusal.ts';

/** More would not be looked at one by one, and would not fit in memory. */
const MOST_INSTANCES = 1_000_000;
const MOST_VALUES = 150_000_000;
/** From here on an instance must be a series: a table read with the wrong column as its cases has hardly a row for each. */
const MANY_INSTANCES = 100_000;
const FEWEST_VALUES = 8;
/** Of one series with all its features. */
const LONGEST_SERIES = 2 ** 25;

/**
 * @param where e.g. `x.csv` or `x.csv, line 12`
 * @param values of all instances together
 * @throws Refusal `too-many-values`
 */
export function refuseTooMany(where: string, instances: number, values: number): void {
  const short = instances > MANY_INSTANCES && values < FEWEST_VALUES * instances;
  if (instances <= MOST_INSTANCES && values <= MOST_VALUES && !short) return;
  const what = short
    ? `${MANY_INSTANCES / 1e3} thousand instances of fewer than ${FEWEST_VALUES} numbers each`
    : instances > MOST_INSTANCES
      ? `${MOST_INSTANCES / 1e6} million instances`
      : `${MOST_VALUES / 1e6} million numbers`;
  throw new Refusal(
    'too-many-values',
    `${where}: this is more than ${what}; split the file, or check which column (or axis) tells instances apart.`,
  );
}

/** @throws Refusal `too-many-values` */
export function refuseTooLong(where: string, values: number): void {
  if (values <= LONGEST_SERIES) return;
  throw new Refusal(
    'too-many-values',
    `${where}: one series of ${values.toLocaleString('en-US')} numbers is longer than any that is read; cut it into windows, or check which axis tells instances apart.`,
  );
}
