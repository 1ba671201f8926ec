import { basename } from 'node:path';
import type { Finding } from '../../finding.ts';
import { agree } from '../../format.ts';
import { Refusal } from '../../refusal.ts';
import { differentOf, firstOfSame } from '../../training/sameSeries.ts';
import { PrintBook } from '../../training/seriesPrint.ts';
import { differing, otherwiseLabelled } from '../repeatedWords.ts';
import type { PrintedSeries } from './trainingSet.ts';

/** What of a file is judged, beside a file that was learnt from. */
interface Unshared {
  readonly series: readonly PrintedSeries[];
  /** Their positions in the file; absent where all are judged. */
  readonly positions?: readonly number[];
  readonly leftOut: number;
  readonly said: readonly Finding[];
}

/** Leaves out series of a file that a network has learnt from, or been chosen by. @throws Refusal `test-is-train` where none are left */
export function unshared(
  series: readonly PrintedSeries[],
  path: string,
  learnt: readonly PrintedSeries[],
  from: string,
): Unshared {
  const known = PrintBook.of(learnt.map(({ print }) => print));
  const positions = [...series.keys()].filter((i) => known.find(series[i]!.print) === -1);
  const leftOut = series.length - positions.length;
  if (leftOut === 0) return { series, leftOut, said: [] };
  const [file, train] = [basename(path), basename(from)];
  if (positions.length === 0) {
    throw new Refusal(
      'test-is-train',
      `Every series of ${file} stands in ${train}, too: a network is not judged on what it has learnt from, so name a file of other series.`,
    );
  }
  const sentence = `${leftOut} of the ${series.length} series of ${file} ${agree(leftOut, 'stands', 'stand')} in ${train}, too, and ${agree(leftOut, 'is', 'are')} not judged, as the network has learnt from ${agree(leftOut, 'it', 'them')}.`;
  const said: Finding = { code: 'same-series', severity: 'warning', sentence };
  return { series: positions.map((i) => series[i]!), positions, leftOut, said: [said] };
}

/** Said where a file that is learnt from holds identical series, as validation takes them together or not at all. */
export function repeatedSaid(series: readonly PrintedSeries[], held: number, path: string): Finding[] {
  const firsts = firstOfSame(series.map(({ print }) => print));
  const different = differentOf(firsts);
  if (different === series.length) return [];
  const labels = series.map(({ label }) => label);
  const mixed = otherwiseLabelled(firsts, labels, basename(path));
  const sentence = `${differing(different, series.length, basename(path))}; identical ones lie on one side of validation, for which ${held} could be set aside.`;
  return [sentence, ...(mixed === undefined ? [] : [mixed])].map((sentence) => ({
    ...{ code: 'same-series', severity: 'warning' as const, sentence },
  }));
}

/** For a report: how many were left out, where any were. */
export function leftOutOf({
  test,
  crossed,
}: {
  readonly test?: Unshared | undefined;
  readonly crossed?: Unshared | undefined;
}): {
  readonly leftOut?: { readonly test?: number; readonly crossed?: number };
} {
  const leftOut = {
    ...(test?.leftOut && { test: test.leftOut }),
    ...(crossed?.leftOut && { crossed: crossed.leftOut }),
  };
  return Object.keys(leftOut).length > 0 ? { leftOut } : {};
}
