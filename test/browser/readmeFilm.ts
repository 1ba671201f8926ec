import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../workbench/folders.ts';
import { animated, type Frame } from './animation.ts';
import { explainEntry, Scene } from './scene.ts';

/** Films media/readme/film.png (an animated PNG) in the real product. Run: npx tsx test/browser/readmeFilm.ts */
const frames: Frame[] = [];
const scene = await Scene.open({
  isSeen: true,
  settings: {
    'editor.minimap.enabled': false,
    'breadcrumbs.enabled': false,
    'window.commandCenter': false,
    'workbench.activityBar.location': 'hidden',
  },
});
try {
  const { workbench, panel } = scene;
  const { page } = workbench;
  await page.setViewportSize({ width: 1100, height: 680 });
  const film = async (ms: number) => frames.push({ png: await page.screenshot(), ms });

  // A file becomes a map.
  const file = await workbench.reveal('data/walk_0007.csv');
  await workbench.contextMenu(file, explainEntry);
  await film(1600);
  await page.keyboard.press('Escape');
  await scene.explained('data/walk_0007.csv', 60_000);
  await workbench.dismissNotifications();
  await page.mouse.move(4, 300);
  await film(2600);

  // What if the bright cells were masked?
  const strip = (await panel.frame.locator('#zones').boundingBox())!;
  const map = (await panel.frame.locator('#heatmap').boundingBox())!;
  const x = (step: number) => strip.x + (step / 131) * strip.width;
  await page.mouse.move(x(13.5), map.y + 8);
  await page.mouse.down();
  await page.mouse.move(x(24.5), map.y + 70, { steps: 6 });
  await page.mouse.up();
  await panel.frame.locator('#what-if-mask').waitFor();
  await film(2000);
  await panel.frame.locator('#what-if-mask').click();
  await panel.says('what-if-answers', /→/);
  await film(3000);

  // Does the model use the padding?
  await scene.explained('data/test.csv', 60_000);
  await panel.says('instance', 'run_0000');
  await workbench.command('Attribution: Choose Model…');
  await workbench.quickPick.choose('xcm_wide.onnx');
  await panel.says('origin', 'xcm_wide.onnx');
  await film(2000);
  await workbench.command('Attribution: Audit Padding (Whole File)');
  await panel.frame.getByText('Audited 60 instances').waitFor({ timeout: 180_000 });
  await workbench.dismissNotifications();
  await film(4000);
} finally {
  await scene.close();
}
const made = animated(frames);
await writeFile(join(root, 'media/readme/film.png'), made);
console.log(`${frames.length} pictures, ${Math.round(made.length / 1024)} KB`);
process.exit();
