import { basename } from 'node:path';
import type { Finding } from '../../finding.ts';
import { agree } from '../../format.ts';
import { Refusal } from '../../refusal.ts';
import type { Learnt, LearntSourceOf } from './learntCount.ts';

/** A file may say anything. */
const MOST_SOURCES = 3;
const CODE = 'learnt-from-these';

/** For everybody who counts right answers or rates: of what most was learnt from. */
export function learntFinding(all: readonly Learnt[]): Finding[] {
  const most = all.reduce<Learnt | undefined>((a, b) => (a && a.n >= b.n ? a : b), undefined);
  if (!most) return [];
  const { any } = most;
  const unknown = most.unknown && !all.some((one) => one.whole && !one.unknown);
  const sources = any === most.n ? most.sources : all.flatMap(({ sources }) => sources);
  return [
    {
      code: CODE,
      severity: 'warning',
      sentence: `This model has learnt from ${those({ ...most, n: any, unknown })} (${how(sources)}): accuracy and what else is measured here flatter it; judge it on other instances.`,
    },
  ];
}

/**
 * For the explanation of one instance.
 * @param unknown it has learnt from some series of the file, and nothing says from which
 */
export function learntOneFinding(learnt: LearntSourceOf, unknown = false): Finding {
  const what = unknown ? 'may have learnt from this instance' : 'has learnt from this very instance';
  const sentence = `This model ${what} (${how([learnt])}): that it answers it rightly, and how surely, says little of others.`;
  return { code: CODE, severity: 'warning', sentence };
}

/** Either of both. */
export function isLearntFinding({ code }: Finding): boolean {
  return code === CODE;
}

/**
 * @param find the path of the model that was repaired, where it lies beside the repaired one
 * @throws Refusal `cannot-repair` where the folds of a repair would be judged on what the model has learnt from alone
 */
export async function notRepairedWithThese(
  all: readonly Learnt[],
  path: string,
  find: (learnt: Learnt) => Promise<string | undefined>,
): Promise<void> {
  const learnt = all.find(({ by, n, of }) => by !== 'train' && n === of);
  if (!learnt) return;
  const from = (await find(learnt)) ?? learnt.model ?? 'the model it was made from';
  throw new Refusal(
    'cannot-repair',
    `${basename(path)} has learnt from ${learnt.unknown ? 'some of these instances, and its file does not say which' : 'these very instances'} (${how(learnt.sources)}), so no repair of it can be judged on them: repair ${from} instead, with --mask-input where it may take its mask as a second input, or give labelled instances that ${basename(path)} has not learnt from.`,
  );
}

/** Where some of the series were left out, for a repair of a repair. */
export function leftOutOfRepair(all: readonly Learnt[], left: number, path: string): string[] {
  const learnt = all.find(({ by }) => by !== 'train');
  if (!learnt || left === 0) return [];
  return [
    `${left} of these ${learnt.of} instances ${agree(left, 'was', 'were')} left out: ${basename(path)} has learnt from ${agree(left, 'it', 'them')} (${how(learnt.sources)}), so no repair of it can be judged on them.${leftMaybe(learnt)}`,
  ];
}

/** Why there may be more of what it has learnt from among those that are left. */
function leftMaybe({ atLeast, isPart }: Learnt): string {
  if (!atLeast) return '';
  return isPart
    ? ' Its file keeps some only of the series that it has learnt from: among those that are left there may be more, which flatter what is measured here.'
    : ' Series that stand here with fewer digits than it has learnt from are not known again: if this file is such a copy, those that are left flatter what is measured here.';
}

function those({ n, of, atLeast, unknown }: Learnt): string {
  if (unknown) return `some of these ${of} instances, and its file does not say which`;
  return n === of ? 'these instances' : `${atLeast ? 'at least ' : ''}${n} of these ${of} instances`;
}

function how(sources: readonly LearntSourceOf[]): string {
  const all = sources.map(({ by, data, whole }) => {
    const what = by === 'train' ? `trained on ${data}` : `repaired with ${data}: ${by}`;
    return `${what}, ${whole ? 'by its SHA-256' : 'series by series'}`;
  });
  const more = all.length - MOST_SOURCES;
  return [...all.slice(0, MOST_SOURCES), ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}
