import type { Run } from '../../../src/runs/run.ts';
import type { Room } from './pages.ts';
import { PanelPage } from './panelPage.ts';
import { makeKept } from './runs.ts';
import { makeView, type Wish } from './views.ts';

/** Their size. */
export const size = { features: ['ax', 'ay', 'az'], steps: 8, real: [0, 6], reach: 1 } as const;

/** One hot cell among cold ones. */
export const hot = (at: readonly [number, number], high: number) => (row: number, step: number) =>
  row === at[0] && step === at[1] ? high : 0.1;

/** The page with two runs compared. */
export async function openCompare(a: Run, b: Run, room: Room = { width: 1200 }): Promise<PanelPage> {
  const panel = await PanelPage.open(room);
  await panel.show(makeView());
  await panel.receive({ kind: 'view', id: 'compare', view: { pair: { a, b } }, front: true });
  return panel;
}

/** A run of 3 features and 8 steps, kept at that minute. */
export const small = (minute: number, wish: Wish) => makeKept(minute, { ...size, ...wish });
/** Two of them with one hot cell each, B's half as hot as A's. */
export const pair = () =>
  [small(1, { value: hot([0, 1], 1) }), small(2, { value: hot([1, 2], 0.5) })] as const;
