import type { Explanation } from '../../src/attribution/explanation.ts';
import { element } from '../element.ts';
import { formatProbability } from '../format.ts';

/** More classes than this are told by the strongest changes. */
const most = 4;

/** What the model answered before and answers now: `walk 0.97 → 0.61`, and who wins where that has changed. */
export function answerLine(before: Explanation, after: Explanation): HTMLElement[] {
  const { classes, predicted } = before.prediction;
  const changes = classes.map((name, index) => ({
    name,
    before: before.prediction.probabilities[index] ?? Number.NaN,
    after: after.prediction.probabilities[index] ?? Number.NaN,
  }));
  const strongest = [...changes]
    .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before))
    .slice(0, most);
  const now = after.prediction.predicted;
  const flips = now !== predicted;
  return [
    element(
      'span',
      { class: flips ? 'differs' : 'dim', 'data-flips': String(flips) },
      flips ? `now ${classes[now] ?? `class ${now}`}` : `still ${classes[predicted] ?? `class ${predicted}`}`,
    ),
    ...strongest.map(({ name, before, after }) =>
      element(
        'span',
        { 'data-class': name },
        `${name} ${formatProbability(before)} → `,
        element('b', {}, formatProbability(after)),
      ),
    ),
  ];
}
