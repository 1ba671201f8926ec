import { printTable } from '../bench/table.ts';
import { overviewView, twoClasses } from './harness/overviews.ts';
import { PanelPage } from './harness/panelPage.ts';
import { bumps, makeView } from './harness/views.ts';

const [walked, listed] = [60, 10_000];

/** Walking 60 instances with a key held down, and a list of 10,000 sorted by each column: the work of each frame. */
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
  await panel.page.locator('#tab-instances').click();
  await panel.receive({ kind: 'view', id: 'dataset', view: overviewView(many), front: true });
  for (const column of ['id', 'predicted', 'p', 'label', 'length', 'padding']) {
    rows.push([`sort ${listed} instances by ${column}`, ...(await sort(panel, column))]);
  }
  await panel.close();
  printTable('Panel, ms of main thread a frame', ['what', 'median', 'slowest'], rows);
}

/** As the host answers a held key: one snapshot a frame. */
function walk(panel: PanelPage): Promise<[median: number, slowest: number]> {
  const views = Array.from({ length: walked }, (_, index) => {
    const view = makeView({ steps: 131, real: [0, 60 + index], value: (row, t) => bumps(row, t + index) });
    const { explanation } = view;
    return {
      ...view,
      explanation: { ...explanation, instance: { ...explanation.instance, index, of: walked } },
    };
  });
  return panel.page.evaluate(async (all) => {
    const times: number[] = [];
    for (const view of all) {
      const time = await new Promise<number>((done) => {
        requestAnimationFrame(() => {
          const start = performance.now();
          window.dispatchEvent(new MessageEvent('message', { data: { kind: 'show', view } }));
          // The task after this one comes when drawing, layout and paint of the frame are through.
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => done(performance.now() - start);
          requestAnimationFrame(() => port2.postMessage(null));
        });
      });
      times.push(time);
    }
    times.sort((a, b) => a - b);
    return [times[all.length >> 1]!, times.at(-1)!] as [number, number];
  }, views);
}

/** Ten clicks on a column's head. */
function sort(panel: PanelPage, column: string): Promise<[median: number, slowest: number]> {
  return panel.page.evaluate(async (name) => {
    const times: number[] = [];
    for (let i = 0; i < 10; i++) {
      const time = await new Promise<number>((done) => {
        requestAnimationFrame(() => {
          const start = performance.now();
          document.querySelector<HTMLElement>(`[data-column="${name}"]`)!.click();
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => done(performance.now() - start);
          port2.postMessage(null);
        });
      });
      times.push(time);
    }
    times.sort((a, b) => a - b);
    return [times[5]!, times.at(-1)!] as [number, number];
  }, column);
}
