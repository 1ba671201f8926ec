import type { DataOptions } from '../../data/dataOptions.ts';
import type { ReadingPlan } from '../../data/reading/readingPlan.ts';
import { count } from '../../format.ts';
import { SAID } from './said.ts';
import type { ReadingFact } from './topics.ts';

/**
 * Where the table begins, which array holds the series, and where they are parted: as far as a file has such things.
 * @param instances how many were read
 */
export function shapeFacts(plan: ReadingPlan, said: DataOptions, instances: number): ReadingFact[] {
  return [...tableFact(plan, said), ...arrayFact(plan, said), ...splitFact(plan, said, instances)];
}

const NAMES: Readonly<Record<string, string>> = {
  ' ': 'blanks',
  '\t': 'tabs',
  ',': 'commas',
  ';': 'semicolons',
};

function tableFact({ table }: ReadingPlan, said: DataOptions): ReadingFact[] {
  if (!table) return [];
  const { delimiter, decimal, skipped, header, units } = table;
  const words = [
    `cells parted by ${NAMES[delimiter] ?? `"${delimiter}"`}`,
    ...(decimal === ',' ? ['decimal commas'] : []),
    header.length > 0 ? `names on line ${header.join(' and ')}` : 'no names',
    ...(skipped > 0 ? [`${count(skipped, 'line')} before them`] : []),
    ...(units === undefined ? [] : [`units on line ${units}`]),
  ].join(', ');
  const given = [said.delimiter, said.decimal, said.header, said.skip, said.units];
  const why = given.some((one) => one !== undefined) ? SAID : 'from what the first lines look like';
  return [{ topic: 'table', words, why }];
}

function arrayFact({ format, parts }: ReadingPlan, { array }: DataOptions): ReadingFact[] {
  const series = parts.find(({ role }) => role === 'feature');
  if (format !== 'npz' || parts.length < 2 || !series) return [];
  return [{ topic: 'array', words: `${series.name} holds the series`, why: array ? SAID : series.reason }];
}

function splitFact(
  { layout, format, window, step, parts }: ReadingPlan,
  said: DataOptions,
  instances: number,
): ReadingFact[] {
  const isRows = format === 'csv' && (layout === 'single' || layout === 'long');
  if (!isRows) return [];
  if (window !== undefined) {
    return [{ topic: 'split', words: `windows of ${count(window, 'step')}, one every ${step}`, why: SAID }];
  }
  if (said.split) {
    const words = said.split === 'time' ? 'where times start again' : 'at blank lines';
    return [{ topic: 'split', words, why: SAID }];
  }
  const isOne = layout === 'single' && !parts.some(({ role }) => role === 'case');
  // Rows of one file that nothing parts are one instance: there are several files.
  const words = instances > 1 ? 'each file is one instance' : 'all rows are one instance';
  return isOne
    ? [{ topic: 'split', words, why: instances > 1 ? 'nothing parts its rows' : 'nothing parts them' }]
    : [];
}
