import { printTable } from '../bench/table.ts';
import { overviewView, twoClasses } from './harness/overviews.ts';
import { PanelPage } from './harness/panelPage.ts';
import { bumps, makeView } from './harness/views.ts';

const [walked, listed] = [60, 10_000];

/** Walking 60 instances with a key held down, and zooming 10,000 steps, and a list of 10,000 sorted by each column: what each costs. */
export async function benchFrames(): Promise<void> {
  const panel = await PanelPage.open({ width: 1200, height: 800 });
  const rows = [['walk 60 instances, 30 × 131', ...(await walk(panel))]];
  const few = await twoClasses();
  const copied = <T extends { readonly length: number }>(values: T, make: (length: number) => T) => {
    const each = values.length / few.instances.length;
    const made = make(each * listed) as T & { set(part: T, at: number): void };
    for (let at = 0; at < made.length; at += values.length) {
      const part = Math.min(values.length, made.length - at);
      made.set((values as T & { subarray(from: number, to: number): T }).subarray(0, part), at);
    }
    return made;
  };
  const { thumbnails } = few;
  const many = {
    ...few,
    instances: Array.from({ length: listed }, (_, index) => ({
      ...few.instances[(index * 7) % few.instances.length]!,
      ...{ id: `case_${(index * 7919) % listed}`, index },
    })),
    thumbnails: {
      ...thumbnails,
      values: copied(thumbnails.values, (length) => new Uint8Array(length)),
      real: copied(thumbnails.real, (length) => new Uint8Array(length)),
    },
  };
  rows.push(['zoom 30 × 10000', ...(await zoom(panel))]);
  await panel.page.locator('#tab-instances').click();
  await panel.receive({ kind: 'view', id: 'dataset', view: overviewView(many), front: true });
  for (const column of ['id', 'predicted', 'p', 'label', 'length', 'padding']) {
    rows.push([`sort ${listed} instances by ${column}`, ...(await sort(panel, column))]);
  }
  await panel.close();
  printTable(
    'Panel, ms of CPU time of the main thread from an act until it is drawn',
    ['what', 'median', 'slowest'],
    rows,
  );
}

/** As the host answers a held key, one snapshot after the other. */
function walk(panel: PanelPage): Promise<[median: number, slowest: number]> {
  const views = Array.from({ length: walked }, (_, index) => {
    const view = makeView({ steps: 131, real: [0, 60 + index], value: (row, t) => bumps(row, t + index) });
    const instance = { ...view.explanation.instance, index, of: walked };
    return { ...view, explanation: { ...view.explanation, instance } };
  });
  return each(panel, views, (view) => panel.show(view));
}

/** Thirty steps of the wheel in, and thirty out. */
async function zoom(panel: PanelPage): Promise<[median: number, slowest: number]> {
  await panel.show(makeView({ steps: 10_000, real: [0, 7000], value: (row, t) => bumps(row, t * 0.0131) }));
  const turn = (deltaY: number) => {
    const { x, y } = document.getElementById('heatmap')!.getBoundingClientRect();
    const at = { clientX: x + 300, clientY: y + 60, bubbles: true, cancelable: true };
    document.getElementById('stage')!.dispatchEvent(new WheelEvent('wheel', { ...at, deltaY }));
  };
  const turns = Array.from({ length: 60 }, (_, i) => (i < 30 ? -80 : 80));
  return each(panel, turns, async (deltaY) => {
    await panel.page.evaluate(turn, deltaY);
    await panel.settle();
  });
}

/** Ten clicks on a column's head. */
function sort(panel: PanelPage, column: string): Promise<[median: number, slowest: number]> {
  const head = (name: string) => document.querySelector<HTMLElement>(`[data-column="${name}"]`)!.click();
  return each(panel, Array(10).fill(column) as string[], async (name) => {
    await panel.page.evaluate(head, name);
    await panel.settle();
  });
}

/**
 * CPU time of the page's main thread from the act until two frames are drawn, the message's way in included: a machine
 * that others use as well makes it no longer.
 */
async function each<T>(
  panel: PanelPage,
  acts: readonly T[],
  act: (one: T) => Promise<unknown>,
): Promise<[median: number, slowest: number]> {
  const line = await panel.page.context().newCDPSession(panel.page);
  await line.send('Performance.enable', { timeDomain: 'threadTicks' });
  const spent = async () => {
    const { metrics } = await line.send('Performance.getMetrics');
    return 1000 * metrics.find(({ name }) => name === 'TaskDuration')!.value;
  };
  const times: number[] = [];
  // The first one finds code that has never run.
  await act(acts[0]!);
  for (const one of acts) {
    const before = await spent();
    await act(one);
    times.push((await spent()) - before);
  }
  await line.detach();
  times.sort((a, b) => a - b);
  return [times[times.length >> 1]!, times.at(-1)!];
}
