import type { Evaluation, TruthFigures } from '../../src/evaluation/evaluation.ts';
import { replacementName } from '../../src/evaluation/replacement.ts';
import { formatShare } from '../../src/format.ts';
import type { Estimate } from '../../src/padding/audit.ts';
import { block } from '../audit/block.ts';
import { element } from '../element.ts';
import { counted, formatProbability } from '../format.ts';
import { range3, two } from './removalTable.ts';

/** How much of the map's top is padding, and what the padding cells are worth to the answer. */
export function paddingBlock({ padding }: Evaluation): HTMLElement {
  if ('unavailable' in padding)
    return block('evaluation-padding', 'What padding is worth', padding.unavailable);
  const { cells, inTop, drop } = padding;
  return block(
    'evaluation-padding',
    'What padding is worth',
    `Padding is ${formatShare(cells)} of the cells and ${formatShare(inTop.value)} of the map’s highest 10 %${inTop.n === 1 ? '' : ` (${shares(inTop)})`}. Replacing all of it, and nothing else, lowers p by:`,
    table(
      'padding-numbers',
      ['Replaced by', 'Fall of p'],
      drop.map((one) => [replacementName(one.replacement), range3(one.drop)]),
    ),
    element(
      'p',
      { class: 'dim' },
      'A replacement that equals the padding changes nothing, and that says nothing: on standardised data the channel mean and zero are the padding’s own value.',
    ),
  );
}

/** How far maps are from what they should add up to, or why that is not said. */
export function completenessBlock({ completeness }: Evaluation): HTMLElement {
  if ('unavailable' in completeness)
    return block('evaluation-completeness', 'Completeness', completeness.unavailable);
  const { identity, gap, largest, relative } = completeness;
  return block(
    'evaluation-completeness',
    'Completeness',
    `What the signed map adds up to against ${identity}, over ${counted(gap.n, 'instance')}; padding included, nothing normalised.`,
    table(
      'completeness-numbers',
      ['Mean gap', '95 % interval', 'Largest gap', 'Relative'],
      [
        [
          digits(gap.value),
          `${digits(gap.interval[0])} to ${digits(gap.interval[1])}`,
          digits(largest),
          `${digits(100 * relative)} %`,
        ],
      ],
    ),
  );
}

/** Scores against the cells that are known to make the class. */
export function truthBlock({ truth }: Evaluation): HTMLElement {
  if ('unavailable' in truth) return block('evaluation-truth-scores', 'Against the truth', truth.unavailable);
  const { n, real, all } = truth;
  return block(
    'evaluation-truth-scores',
    'Against the truth',
    `Against the cells that are known to make the class, on ${counted(n, 'instance')}. Chance is what a map without knowledge gets.`,
    table(
      'truth-numbers',
      ['Score', 'Real steps', 'Chance', 'Padding included', 'Chance'],
      scores.map(({ name, title, of }) => [
        element('span', { title }, name),
        ...pair(of(real)),
        ...pair(of(all)),
      ]),
    ),
  );
}

interface Score {
  readonly name: string;
  readonly title: string;
  readonly of: (figures: TruthFigures) => readonly [Estimate | null, number];
}

const scores: readonly Score[] = [
  {
    name: 'Pointing: cell',
    title: 'Share of maps whose highest cell is salient',
    of: ({ pointing, pointingChance }) => [pointing, pointingChance],
  },
  {
    name: 'Pointing: feature',
    title: 'Share of maps whose highest cell is on a salient feature',
    of: ({ pointingFeature, pointingFeatureChance }) => [pointingFeature, pointingFeatureChance],
  },
  {
    name: 'Pointing: step',
    title: 'Share of maps whose highest cell is at a salient step',
    of: ({ pointingStep, pointingStepChance }) => [pointingStep, pointingStepChance],
  },
  {
    name: 'AUP',
    title: 'Area under precision, weighted by saliency, as the top 10 to 90 % are named (Ismail et al. 2020)',
    of: ({ aup, aupChance }) => [aup, aupChance],
  },
  {
    name: 'AUR',
    title: 'Area under recall, weighted by saliency, as the top 10 to 90 % are named (Ismail et al. 2020)',
    of: ({ aur, aurChance }) => [aur, aurChance],
  },
  {
    name: 'Average precision',
    title: 'Area under the precision–recall curve',
    of: ({ averagePrecision, pointingChance }) => [averagePrecision, pointingChance],
  },
];

function pair([estimate, chance]: readonly [Estimate | null, number]): string[] {
  if (!estimate) return ['–', '–'];
  const { value, n } = estimate;
  const [low, high] = estimate.interval;
  return [n === 1 ? two(value) : `${two(value)} [${two(low)}, ${two(high)}]`, formatProbability(chance)];
}

function table(
  id: string,
  head: readonly string[],
  rows: readonly (readonly (string | Node)[])[],
): HTMLElement {
  return element(
    'table',
    { class: 'numbers', id },
    element('thead', {}, element('tr', {}, ...head.map((title) => element('th', { scope: 'col' }, title)))),
    element(
      'tbody',
      {},
      ...rows.map(([first, ...rest]) =>
        element(
          'tr',
          {},
          element('th', { scope: 'row' }, first),
          ...rest.map((cell) => element('td', {}, cell)),
        ),
      ),
    ),
  );
}

function shares({ interval: [low, high] }: Estimate): string {
  return `${formatShare(low)} to ${formatShare(high)}`;
}

function digits(value: number): string {
  return value === 0 ? '0' : String(Number(value.toPrecision(2)));
}
