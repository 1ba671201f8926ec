import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../workbench/folders.ts';
import { Scene } from './scene.ts';

/** Takes the pictures of README.md in the real product, into media/readme/. Run: npx tsx test/browser/readmePictures.ts */
const folder = join(root, 'media/readme');
const bare = {
  'editor.minimap.enabled': false,
  'breadcrumbs.enabled': false,
  'window.commandCenter': false,
  'workbench.activityBar.location': 'hidden',
};

await mkdir(folder, { recursive: true });
const scene = await Scene.open({ settings: bare, isSeen: true });
try {
  const { workbench, panel } = scene;
  const { page } = workbench;
  await page.setViewportSize({ width: 1440, height: 960 });
  await scene.explain('data/walk_0007.csv');
  await panel.drawn();
  await moveEdge('.part.sidebar', 'right', 215);
  await moveEdge(
    '.editor-group-container:has(.webview-editor-element-container, .tab[aria-label^="Attribution"])',
    'left',
    590,
  );
  // The brightest cell: first feature, step 17.
  const strip = (await panel.frame.locator('#zones').boundingBox())!;
  const map = (await panel.frame.locator('#heatmap').boundingBox())!;
  await page.mouse.click(strip.x + (17.5 / 131) * strip.width, map.y + 5);
  await panel.marked(17);
  await page.screenshot({ path: join(folder, 'panel.png') });

  await scene.explained('data/test.csv');
  await panel.says('instance', 'run_0000');
  await workbench.command('Attribution: Choose Model…');
  await workbench.quickPick.choose('xcm_wide.onnx');
  await panel.says('origin', 'xcm_wide.onnx');
  await workbench.command('Attribution: Audit Padding (Whole File)');
  await panel.frame.getByText('Audited 60 instances').waitFor({ timeout: 180_000 });
  await page.screenshot({ path: join(folder, 'audit.png') });

  await panel.frame.locator('#tab-map').click();
  await workbench.command('Attribution: Choose Model…');
  await workbench.quickPick.choose('xcm.onnx');
  await panel.says('origin', 'xcm.onnx');
  await workbench.command('Attribution: Explain Whole File (Dataset View)');
  await panel.says('dataset-what', /^60 instances/);
  await panel.frame.locator('#dataset-group').selectOption({ label: 'labelled walk · 20' });
  await panel.frame.locator('#dataset-alignment').selectOption('relative');
  await panel.says('dataset-ranking', /the mean over 20 instances/);
  await workbench.dismissNotifications();
  await page.screenshot({ path: join(folder, 'dataset.png') });

  await panel.frame.locator('#tab-instances').click();
  await panel.frame.locator('[data-column="padding"]').click();
  const third = panel.frame.locator('.grid-row').nth(2);
  const name = await third.locator('.cell-id').innerText();
  await third.click();
  // Head, map and file follow.
  await panel.says('instance', name);
  await panel.drawn();
  await page.screenshot({ path: join(folder, 'instances.png') });
} finally {
  await scene.close();
}
process.exit();

async function moveEdge(selector: string, edge: 'left' | 'right', to: number): Promise<void> {
  const { page } = scene.workbench;
  const box = (await page.locator(selector).last().boundingBox())!;
  const y = box.y + box.height / 2;
  await page.mouse.move(edge === 'left' ? box.x : box.x + box.width, y);
  await page.mouse.down();
  await page.mouse.move(to, y, { steps: 8 });
  await page.mouse.up();
}
