import { loadavg } from 'node:os';
import type { Scene } from '../browser/scene.ts';
import { median, printTable } from './table.ts';

/** Windows that are opened anew, and files that are clicked in each once the first has its map. */
const [windows, files] = [5, ['run_0003.csv', 'stairs_0011.csv', 'walk_0007.csv', 'walk_0013.csv']];
const first = 'walk_0007.csv';

/** By the clock that page and test share: finding the entry and moving there is not part of it. */
const noteClicks = `addEventListener('mouseup', ({ button }) => {
  if (button === 0) globalThis.lastClick = Date.now();
}, true)`;

/**
 * `npm run bench panel`: from the click on the entry of the explorer's menu until the map is drawn, in a whole VS Code
 * (1.139 in Chromium, the packaged extension with the sample). Cold: the first click in a new window, which starts the
 * engine, reads the file, loads the model and opens the panel's page. Warm: the panel is there, the file is another one.
 */
export async function benchFirstMap(): Promise<void> {
  const { Scene, explainEntry } = await import('../browser/scene.ts');
  const { stopServers } = await import('../browser/servers.ts');
  const times: Record<'cold' | 'warm', number[]> = { cold: [], warm: [] };
  const clicked = async (scene: Scene, name: string) => {
    const { workbench, panel } = scene;
    await workbench.page.evaluate(noteClicks);
    const file = await workbench.reveal(`data/${name}`);
    const drawn = panel.drawn(60_000, name).then(() => Date.now());
    await workbench.chooseInMenu(file, explainEntry);
    return (await drawn) - (await workbench.page.evaluate<number>('lastClick'));
  };
  const before = loadavg()[0]!;
  for (let count = 0; count < windows; count++) {
    const scene = await Scene.open();
    // What a window does in its first seconds is VS Code's own.
    await scene.workbench.page.waitForTimeout(4000);
    times.cold.push(await clicked(scene, first));
    for (const name of files) {
      await scene.workbench.page.waitForTimeout(1000);
      times.warm.push(await clicked(scene, name));
    }
    await scene.close();
  }
  await stopServers();
  printTable(
    `From the click to the map in VS Code 1.139, ms (load of the machine before: ${before.toFixed(1)})`,
    ['', 'clicks', 'median', 'fastest', 'slowest'],
    Object.entries(times).map(([name, all]) => [
      name,
      `${all.length}`,
      ...[median(all), Math.min(...all), Math.max(...all)].map((ms) => ms.toFixed(0)),
    ]),
  );
}
