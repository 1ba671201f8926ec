import type { LengthEvidence, LengthOnlyBaseline, LengthResponse, Unavailable } from '../audit.ts';
import type { WayTrust } from '../ways.ts';
import { estimateWords, interval, joined, percent, two } from '../wording.ts';

/** How much the answers follow the length, in one sentence. */
export function followsLength(
  { change, class: cls, rises }: LengthResponse,
  classes: readonly string[],
): string {
  const name = classes[cls] ?? `class ${cls}`;
  return `Answers follow the length: from the short to the long third of the frames, contents the same, the share of ${name} ${rises ? 'rises' : 'falls'} by ${percent(change.value)} ${interval(change.interval, percent)}.`;
}

/** How well length alone tells the classes apart in the data, in one sentence. */
export function lengthAlone(baseline: LengthOnlyBaseline | Unavailable): string {
  if ('unavailable' in baseline) return baseline.unavailable;
  const { tree, chance, p } = baseline;
  return `Length alone in the data: balanced accuracy ${estimateWords(tree, two)} against chance ${two(chance)} (p ${p.toFixed(3)}, ${tree.n} instances).`;
}

/** What the placebo says, and by which ways contents were carried. */
export function placebo({ placebo: kept, ways }: LengthEvidence): string {
  return `Placebo: swaps within a class, which should change nothing, keep ${percent(Math.max(0, kept))} of the accuracy above chance. Into shorter frames contents were ${mix(ways, 'shorter')}, into longer ones ${mix(ways, 'longer')}, each weighted by its own placebo.`;
}

const DONE = { stretch: 'stretched', crop: 'cropped', reflect: 'reflected', continue: 'continued' } as const;

function mix(ways: readonly WayTrust[], direction: WayTrust['direction']): string {
  const parts = ways.filter((one) => one.direction === direction);
  return joined(parts.map(({ way, weight }) => `${DONE[way]} (${percent(weight)})`));
}
