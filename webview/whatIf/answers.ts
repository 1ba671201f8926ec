import type { Explanation } from '../../src/attribution/explanation.ts';
import { formatNumber } from '../../src/format.ts';
import { element } from '../element.ts';
import { formatProbability } from '../format.ts';

/** More classes than this are told by the strongest changes. */
const most = 4;

/** What the model answered before and answers now: `walk 0.97 → 0.61`, and who wins where that has changed. */
export function answerLine(before: Explanation, after: Explanation): HTMLElement[] {
  const { classes, predicted, values } = before.prediction;
  const figure = ({ prediction }: Explanation, index: number) =>
    (prediction.probabilities ?? prediction.logits)[index] ?? Number.NaN;
  const format = values ? formatNumber : formatProbability;
  const changes = classes.map((name, index) => ({
    name,
    before: figure(before, index),
    after: figure(after, index),
  }));
  const strongest = [...changes]
    .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before))
    .slice(0, most);
  const now = after.prediction.predicted;
  const flips = now !== predicted;
  const answer = () => [
    element(
      'span',
      { class: flips ? 'differs' : 'dim', 'data-flips': String(flips) },
      flips ? `now ${classes[now] ?? `class ${now}`}` : `still ${classes[predicted] ?? `class ${predicted}`}`,
    ),
  ];
  return [
    ...(values ? [] : answer()),
    ...strongest.map(({ name, before, after }) =>
      element(
        'span',
        { 'data-class': name },
        `${name} ${format(before)} → `,
        element('b', {}, format(after)),
      ),
    ),
  ];
}
