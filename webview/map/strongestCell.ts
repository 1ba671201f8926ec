import type { PageScene } from '../scene.ts';
import type { Cell } from './cell.ts';

/** Where the keys begin: at what matters most. */
export function strongestCell({ rows, columns, view }: PageScene): Cell {
  const { values } = view.explanation.map;
  let best = 0;
  for (let i = 1; i < values.length; i++) {
    if (Math.abs(values[i]!) > Math.abs(values[best]!) || Number.isNaN(values[best]!)) best = i;
  }
  return { step: best % columns, feature: rows > 1 ? Math.floor(best / columns) : null };
}
