import type { Estimate, Unavailable } from '../../src/padding/audit.ts';
import { mean, wilsonRate } from '../../src/padding/estimate.ts';
import { choose } from '../../src/repair/choose.ts';
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
  const written = known.map(({ found }) => ofWritten(found));
  return [
    '| was | form | models | repaired | chosen, but not repaired of this | nothing helped | accuracy, mean change of the repaired | length crossed |',
    '|---|---|---|---|---|---|---|---|',
    ...(Object.keys(SICK) as Sick[]).flatMap((of) => [
      summary(of, 'as written', written),
      summary(
        of,
        'mask as an input',
        known.map(({ found }) => ofMaskInput(found)),
      ),
    ]),
    '',
    '| model | n | layout | look | length evidence | chosen | accuracy | length crossed | with a mask input |',
    '|---|---|---|---|---|---|---|---|---|',
    ...rows.map(({ name, found }) =>
      typeof found === 'string' ? `| ${name} | – | ${found} |||||||` : row(name, found),
    ),
  ].join('\n');
}

/** What a repair comes to in one form. */
interface Outcome {
  readonly before: Standing;
  readonly after: Standing | null;
  readonly change: { readonly accuracy: Estimate; readonly lengthCrossed: Estimate } | null;
  readonly chosen: string | null;
}

function ofWritten({ before, after, paired, chosen }: RepairFound): Outcome {
  return { before, after, change: paired, chosen };
}

/** The rule's choice where the mask is an input, told to every model that can be masked. */
function ofMaskInput(found: RepairFound): Outcome {
  const others = found.candidates.flatMap((one) =>
    'cannot' in one ? [] : [{ ...(found.form === 'drop-in' ? (one.otherForm ?? one) : one), name: one.name }],
  );
  const picked = choose(others);
  if (!('chosen' in picked)) return { before: found.before, after: null, change: null, chosen: null };
  const { change: accuracy, lengthCrossedChange: lengthCrossed, name, ...after } = picked.chosen;
  return { before: found.before, after, change: { accuracy, lengthCrossed }, chosen: name };
}

function isSick(standing: Standing, of: Sick): boolean {
  const one = standing[of];
  return !('unavailable' in one) && one.answer === SICK[of];
}

function summary(of: Sick, form: string, all: readonly Outcome[]): string {
  const sick = all.filter(({ before }) => isSick(before, of));
  const well = sick.filter(({ after }) => after && !isSick(after, of));
  const still = sick.filter(({ after }) => after && isSick(after, of));
  const change = (key: 'accuracy' | 'lengthCrossed') =>
    well.length ? signed(mean(well.map((one) => one.change![key].value))) : '–';
  if (sick.length === 0) return `| ${TITLES[of]} | ${form} | 0 | – | – | – | – | – |`;
  const [low, high] = wilsonRate(well.length / sick.length, sick.length).interval;
  return `| ${TITLES[of]} | ${form} | ${sick.length} | ${well.length} (${(well.length / sick.length).toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]) | ${still.length} | ${sick.length - well.length - still.length} | ${change('accuracy')} | ${change('lengthCrossed')} |`;
}

function row(name: string, found: RepairFound): string {
  const { before, after, judgedOn, chosen, paired } = found;
  const pair = (of: Sick) => `${figure(before[of])}${after ? ` → ${figure(after[of])}` : ''}`;
  const change = (one: Estimate | undefined) =>
    one ? `${signed(one.value)} [${signed(one.interval[0])}, ${signed(one.interval[1])}]` : '';
  return `| ${name} | ${judgedOn.instances} | ${pair('layout')} | ${pair('look')} | ${pair('lengthEvidence')} | ${chosen ?? 'nothing helped'} | ${change(paired?.accuracy)} | ${change(paired?.lengthCrossed)} | ${ofMaskInput(found).chosen ?? 'nothing helped'} |`;
}

function figure(one: Standing[Sick] | Unavailable): string {
  if ('unavailable' in one) return '–';
  const value = one.value.toFixed(2).replace('-', '−');
  return one.answer === 'FRAGILE' || one.answer === 'YES' ? `**${value}**` : value;
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3).replace(/^0/, '')}`;
}
