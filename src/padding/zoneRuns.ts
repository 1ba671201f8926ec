import type { Zone, ZoneRun } from '../attribution/explanation.ts';

/** What each zone means, in one line. */
export const zoneMeaning: Readonly<Record<Zone, string>> = {
  REAL: 'inside the series',
  MIXED: 'in the padding, still reads real steps',
  EMPTY: 'reads padding only',
};

/** Zone of a column, null where no run covers it. */
export function zoneAt(runs: readonly ZoneRun[], column: number): Zone | null {
  return runs.find((run) => column >= run.from && column < run.to)?.zone ?? null;
}
