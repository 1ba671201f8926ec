import type { Estimate, Unavailable } from '../../src/padding/audit.ts';
import { mean, wilsonRate } from '../../src/padding/estimate.ts';
import type { RepairFound } from '../../src/repair/repairFound.ts';
import type { Standing } from '../../src/repair/standing.ts';

/** A model of known truth with its repair, or why there was none. */
export interface Row {
  readonly name: string;
  readonly found: RepairFound | string;
}

type Sick = 'layout' | 'look' | 'lengthEvidence';
const SICK: Readonly<Record<Sick, string>> = { layout: 'FRAGILE', look: 'FRAGILE', lengthEvidence: 'YES' };
const TITLES: Readonly<Record<Sick, string>> = {
  layout: 'layout FRAGILE',
  look: 'look FRAGILE',
  lengthEvidence: 'length YES',
};

/** The rows of docs/repair.md: one per model, then what share is repaired at what cost. */
export function repairTable(rows: readonly Row[]): string {
  const known = rows.flatMap(({ name, found }) => (typeof found === 'string' ? [] : [{ name, found }]));
  return [
    '| was | models | repaired | chosen, but not repaired of this | nothing helped | accuracy, mean change of the repaired | length crossed | seconds |',
    '|---|---|---|---|---|---|---|---|',
    ...(Object.keys(SICK) as Sick[]).map((of) =>
      summary(
        of,
        known.map(({ found }) => found),
      ),
    ),
    '',
    '| model | n | layout | look | length evidence | chosen | accuracy | length crossed | seconds |',
    '|---|---|---|---|---|---|---|---|---|',
    ...rows.map(({ name, found }) =>
      typeof found === 'string' ? `| ${name} | – | ${found} |||||||` : row(name, found),
    ),
  ].join('\n');
}

function isSick(standing: Standing, of: Sick): boolean {
  const one = standing[of];
  return !('unavailable' in one) && one.answer === SICK[of];
}

function summary(of: Sick, all: readonly RepairFound[]): string {
  const sick = all.filter(({ before }) => isSick(before, of));
  const well = sick.filter(({ after }) => after && !isSick(after, of));
  const still = sick.filter(({ after }) => after && isSick(after, of));
  const change = (key: 'accuracy' | 'lengthCrossed') =>
    well.length ? signed(mean(well.map(({ paired }) => paired![key].value))) : '–';
  if (sick.length === 0) return `| ${TITLES[of]} | 0 | – | – | – | – | – | – |`;
  const [low, high] = wilsonRate(well.length / sick.length, sick.length).interval;
  const seconds = mean(
    well.map(({ candidates }) =>
      candidates.reduce((sum, one) => sum + ('cannot' in one ? 0 : one.seconds), 0),
    ),
  );
  return `| ${TITLES[of]} | ${sick.length} | ${well.length} (${(well.length / sick.length).toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]) | ${still.length} | ${sick.length - well.length - still.length} | ${change('accuracy')} | ${change('lengthCrossed')} | ${well.length ? seconds.toFixed(1) : '–'} |`;
}

function row(name: string, { before, after, judgedOn, chosen, paired, candidates }: RepairFound): string {
  const pair = (of: Sick) => `${figure(before[of])}${after ? ` → ${figure(after[of])}` : ''}`;
  const tried = candidates.flatMap((one) => ('cannot' in one ? [] : [one.seconds]));
  const change = (one: Estimate | undefined) =>
    one ? `${signed(one.value)} [${signed(one.interval[0])}, ${signed(one.interval[1])}]` : '';
  return `| ${name} | ${judgedOn.instances} | ${pair('layout')} | ${pair('look')} | ${pair('lengthEvidence')} | ${chosen ?? 'nothing helped'} | ${change(paired?.accuracy)} | ${change(paired?.lengthCrossed)} | ${tried.reduce((a, b) => a + b, 0).toFixed(0)} |`;
}

function figure(one: Standing[Sick] | Unavailable): string {
  if ('unavailable' in one) return '–';
  const value = one.value.toFixed(2).replace('-', '−');
  return one.answer === 'FRAGILE' || one.answer === 'YES' ? `**${value}**` : value;
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3).replace(/^0/, '')}`;
}
