import { basename } from 'node:path';
import { agree, thousands } from '../../format.ts';

import { Refusal } from '../../refusal.ts';
import { mustSuffice } from '../../repair/needs.ts';
import { differentOf, firstOfSame } from '../../training/sameSeries.ts';
import { PrintBook, seriesPrint } from '../../training/seriesPrint.ts';
import { differing, otherwiseLabelled } from '../repeatedWords.ts';
import type { LabelledCase } from './labelledCase.ts';

/** On what a repair is judged, of a file. */
export interface JudgedSeries {
  readonly cases: readonly LabelledCase[];
  /** [n] alike for identical series. */
  readonly firsts: readonly number[];
  /** Series that stand in the file it learns from, too. */
  readonly leftOut: number;
  /** Of those that are judged, series that repeat another one. */
  readonly repeated: number;
  /** Sentences on them. */
  readonly notes: readonly string[];
}

/**
 * Leaves out what a repair has learnt from, and counts what stands in the file several times.
 * @param unlearntBy the model, where series that it has learnt from were left out before
 * @param train of `--train`
 * @throws Refusal `too-few-instances` or `one-class` where the series that are judged, identical ones counted once, are too few
 */
export function judgedSeries(
  {
    all,
    data,
    unlearntBy,
  }: { readonly all: readonly LabelledCase[]; readonly data: string; readonly unlearntBy?: string },
  train: { readonly cases: readonly LabelledCase[]; readonly file: string; readonly of: number } | undefined,
  classes: readonly string[],
): JudgedSeries {
  const file = basename(data);
  const of = train && within(train);
  const learnt = PrintBook.of(train?.cases.map(seriesPrint) ?? []);
  const kept = all
    .map((one) => ({ one, print: seriesPrint(one) }))
    .filter(({ print }) => learnt.find(print) === -1);
  if (kept.length === 0) {
    throw new Refusal(
      'too-few-instances',
      `Every series of ${file} stands ${of}, too: a repair is not judged on what it has learnt from, so name a file of other series.`,
    );
  }
  const cases = kept.length === all.length ? all : kept.map(({ one }) => one);
  const firsts = firstOfSame(kept.map(({ print }) => print));
  // Identical series with different labels are of each of these classes.
  const once = new Map(kept.map(({ one }, i) => [`${firsts[i]} ${one.label}`, one.label]));
  const different = differentOf(firsts);
  const labels = kept.map(({ one }) => one.label);
  const mixed = otherwiseLabelled(firsts, labels, file);
  const [leftOut, repeated] = [all.length - cases.length, cases.length - different];
  const without = [
    ...(leftOut > 0 ? [` that do not stand ${of}, too`] : []),
    ...(unlearntBy === undefined ? [] : [` that ${unlearntBy} has not learnt from`]),
  ].join(' and');
  const those = `${repeated > 0 ? 'different ' : ''}instances${without}`;
  mustSuffice({ labels: [...once.values()], classes }, file, those);
  const notes = [
    ...(leftOut > 0
      ? [
          `${leftOut} of the ${all.length} series of ${file} ${agree(leftOut, 'stands', 'stand')} ${of}, too, and ${agree(leftOut, 'was', 'were')} left out: a repair is not judged on what it has learnt from.`,
        ]
      : []),
    ...(repeated > 0
      ? [
          `${differing(different, cases.length, file)}: intervals count each of them and are narrower than ${different} warrant.`,
        ]
      : []),
    ...(mixed === undefined ? [] : [mixed]),
  ];
  return { cases, firsts, leftOut, repeated, notes };
}

/** Of a large file, some are drawn to learn from: the others of it are judged all the same. */
function within({
  cases,
  file,
  of,
}: {
  readonly cases: readonly unknown[];
  readonly file: string;
  readonly of: number;
}) {
  const name = basename(file);
  return cases.length < of ? `among the ${thousands(cases.length)} series drawn from ${name}` : `in ${name}`;
}
