import type { Explanation } from '../../src/attribution/explanation.ts';
import { strongestRows } from '../../src/attribution/profile.ts';
import type { PanelLook } from '../../src/views/panel/contract.ts';
import { groupOf } from './namePrefix.ts';

/** How the features stand below each other. */
export type RowOrder = NonNullable<PanelLook['rows']>;

const collator = new Intl.Collator('en', { numeric: true });

/** The features in the order their rows are drawn in; null where that is the order they have. */
export function orderOf(
  { map, padding, signals }: Explanation,
  { rows: wish = 'model', signals: lines, pinned = [] }: PanelLook,
): readonly number[] | null {
  const { features } = signals;
  if ((wish === 'model' && !pinned.length) || map.rows !== features.length || map.rows === 1) return null;
  const first = pinned.map((name) => features.indexOf(name)).filter((feature) => feature >= 0);
  return [...new Set([...first, ...inOrder(wish, { map, padding, features, lines })])];
}

function inOrder(
  wish: RowOrder,
  {
    map,
    padding,
    features,
    lines,
  }: Pick<Explanation, 'map' | 'padding'> & {
    readonly features: readonly string[];
    readonly lines: PanelLook['signals'];
  },
): readonly number[] {
  const all = [...features.keys()];
  switch (wish) {
    case 'model':
      return all;
    case 'share':
      return strongestRows(map, padding.mask);
    case 'group': {
      const groups = strongestRows(map, padding.mask).map((feature) => groupOf(features[feature]!));
      return [...new Set(groups)].flatMap((group) =>
        all.filter((feature) => groupOf(features[feature]!) === group),
      );
    }
    case 'name':
      return all.sort((a, b) => collator.compare(features[a]!, features[b]!) || a - b);
    case 'lines': {
      const chosen = (lines ?? []).map((name) => features.indexOf(name)).filter((feature) => feature >= 0);
      return [...new Set([...chosen, ...all])];
    }
  }
}

/** The explanation with its features in another order: row i is feature `order[i]`. */
export function arranged(explanation: Explanation, order: readonly number[]): Explanation {
  const { map, signals } = explanation;
  const { columns } = map;
  const moved = (values: Float32Array) => {
    const made = new Float32Array(values.length);
    for (const [row, feature] of order.entries()) {
      made.set(values.subarray(feature * columns, (feature + 1) * columns), row * columns);
    }
    return made;
  };
  return {
    ...explanation,
    map: { ...map, values: moved(map.values) },
    signals: {
      features: order.map((feature) => signals.features[feature]!),
      input: moved(signals.input),
      ...(signals.raw && { raw: moved(signals.raw) }),
    },
  };
}
