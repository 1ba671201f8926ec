import { printTable } from '../bench/table.ts';
import { benchFrames } from './benchFrames.ts';
import { closeBrowser } from './harness/pages.ts';
import { PanelPage } from './harness/panelPage.ts';
import { bumps, makeView } from './harness/views.ts';

/** `npm run bench panel`: how long the page takes to draw a snapshot and each frame of a zoom or a walk. */
export async function benchPanel(): Promise<void> {
  const rows: (string | number)[][] = [];
  for (const steps of [131, 10_000]) {
    const panel = await PanelPage.open({ width: 1200 });
    const real = Math.round(steps * 0.7);
    const view = makeView({
      steps,
      real: [0, real],
      reach: 13,
      value: (row, step) => bumps(row, (step * 131) / steps),
    });
    const first = await drawing(panel, view);
    const again = await drawing(panel, view);
    rows.push([
      `30 × ${steps}`,
      first,
      again,
      ...(await frames(panel, 'zoom')),
      ...(await frames(panel, 'hover')),
    ]);
    await panel.close();
  }
  printTable(
    'Panel, ms on the main thread (frames: median, slowest of 60)',
    ['map', 'first', 'again', 'zoom', 'slowest', 'hover', 'slowest'],
    rows,
  );
  await benchFrames();
  await closeBrowser();
}

/** From the message's arrival until everything is drawn. */
function drawing(panel: PanelPage, view: ReturnType<typeof makeView>): Promise<number> {
  return panel.page.evaluate((data) => {
    const start = performance.now();
    window.dispatchEvent(new MessageEvent('message', { data: { kind: 'show', view: data } }));
    document.body.getBoundingClientRect();
    return performance.now() - start;
  }, view);
}

/** Work of the main thread from a frame's begin until the next task, for 60 frames in which the pointer acts. */
function frames(panel: PanelPage, kind: 'zoom' | 'hover'): Promise<[median: number, slowest: number]> {
  return panel.page.evaluate(async (what) => {
    const stage = document.getElementById('stage')!;
    const box = document.getElementById('heatmap')!.getBoundingClientRect();
    const times: number[] = [];
    for (let i = 0; i < 60; i++) {
      const at = {
        clientX: box.x + 100 + ((i * 17) % 800),
        clientY: box.y + 20 + ((i * 7) % 100),
        bubbles: true,
      };
      if (what === 'zoom')
        stage.dispatchEvent(new WheelEvent('wheel', { ...at, deltaY: i < 30 ? -80 : 80, cancelable: true }));
      const time = await new Promise<number>((done) => {
        requestAnimationFrame(() => {
          // Callbacks of this frame run after this one; the task after them comes when layout and paint are through.
          const start = performance.now();
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => done(performance.now() - start);
          port2.postMessage(null);
          if (what === 'hover') stage.dispatchEvent(new PointerEvent('pointermove', at));
        });
      });
      times.push(time);
    }
    times.sort((a, b) => a - b);
    return [times[30]!, times[59]!] as [number, number];
  }, kind);
}
