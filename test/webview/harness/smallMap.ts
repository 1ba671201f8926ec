import type { PanelPage } from './panelPage.ts';
import { makeView } from './views.ts';

/** The rows of a small map. */
export const features = ['hip', 'knee', 'ankle', 'toe'];
/** 4 × 20 cells, the first 8 steps real; every cell has a value of its own, the strongest at knee, step 5. */
const value = (row: number, step: number) => (row === 1 && step === 5 ? 9 : (row * 20 + step) / 100);
/** That map as the host sends it. */
export const view = () => makeView({ features, steps: 20, real: [0, 8], reach: 4, value });

/** What the page reads out of the cell in hand. */
export const fields = async (panel: PanelPage) => {
  const names = ['feature', 'step', 'attribution', 'rank', 'zone', 'line'];
  return Promise.all(names.map((name) => panel.field(name)));
};
