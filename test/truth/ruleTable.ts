import { mean } from '../../src/padding/estimate.ts';
import { ARMS, type Arm } from '../../src/repair/armNames.ts';

/** What a repair turned out to be on series that nothing has learnt from and nothing was chosen by. */
export interface Outcome {
  readonly score: number;
  readonly accuracy: number;
  readonly lengthCrossed: number;
  /** Of layout and look; 0 where none could be asked. */
  readonly worstFlip: number;
  readonly helps: boolean;
}

/** One model: what was chosen on one half, and what every repair turned out to be on the other. */
export interface Choice {
  readonly name: string;
  /** By the rule; null where it chose nothing. */
  readonly rule: Arm | null;
  /** Of those that help, the one of the highest score. */
  readonly highest: Arm | null;
  readonly outcomes: Partial<Readonly<Record<Arm, Outcome>>>;
}

type Figure = 'score' | 'accuracy' | 'lengthCrossed' | 'worstFlip';
const FIGURES: readonly Figure[] = ['score', 'accuracy', 'lengthCrossed', 'worstFlip'];

/** The table of docs/repair.md: what each choice loses against the best of all repairs, figure by figure. */
export function ruleTable(choices: readonly Choice[]): string {
  const chosen = choices.filter(({ rule }) => rule !== null);
  const rows: readonly (readonly [string, (one: Choice) => Arm | null])[] = [
    ['the rule', ({ rule }) => rule],
    ...ARMS.map((arm) => [`always \`${arm}\``, () => arm] as const),
    ['highest score, no cheaper one preferred', ({ highest }) => highest],
  ];
  const helped = chosen.filter(({ rule, outcomes }) => outcomes[rule!]?.helps).length;
  const none = choices.flatMap(({ name, rule }) => (rule === null ? [name] : []));
  return [
    '| choice | models | score | accuracy | length crossed | worst flip |',
    '|---|---|---|---|---|---|',
    ...rows.map(([name, of]) => row(name, chosen, of)),
    '',
    `The rule chose on ${chosen.length} of ${choices.length} models (nothing on ${none.join(', ') || 'none'}); ${helped} of its choices help on the other half, too.`,
  ].join('\n');
}

function row(name: string, all: readonly Choice[], of: (one: Choice) => Arm | null): string {
  const losses = all.flatMap((one) => {
    const arm = of(one);
    const got = arm === null ? undefined : one.outcomes[arm];
    return got ? [FIGURES.map((figure) => loss(figure, got, Object.values(one.outcomes)))] : [];
  });
  if (losses.length === 0) return `| ${name} | 0 | – | – | – | – |`;
  const cells = FIGURES.map((_, k) => {
    const some = losses.map((one) => one[k]!);
    return `${three(mean(some))} (${three(Math.max(...some))})`;
  });
  return `| ${name} | ${losses.length} | ${cells.join(' | ')} |`;
}

/** At least 0. */
function loss(figure: Figure, got: Outcome, all: readonly Outcome[]): number {
  const values = all.map((one) => one[figure]);
  return figure === 'worstFlip' ? got[figure] - Math.min(...values) : Math.max(...values) - got[figure];
}

function three(value: number): string {
  return value.toFixed(3).replace(/^0/, '');
}
