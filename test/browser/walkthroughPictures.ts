import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../workbench/folders.ts';
import { Scene } from './scene.ts';

/**
 * Takes the pictures of the walkthrough, media/walkthrough/*.png, in a real VS Code: `npx tsx
 * test/browser/walkthroughPictures.ts`. To be looked at before they are committed.
 */
const steps = { openSample, explain, edit, pickLayer, audit };

/** They go into every .vsix. */
const largest = 120_000;

const scene = await Scene.open({ isSeen: true, settings: { 'editor.minimap.enabled': false } });
const { workbench, panel, workspace } = scene;
const { page } = workbench;
try {
  for (const [name, step] of Object.entries(steps)) await cut(name, await step());
} finally {
  await scene.close();
}

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

async function cut(name: string, clip: Rectangle): Promise<void> {
  const path = join(root, 'media/walkthrough', `${name}.png`);
  await page.mouse.move(2, 300);
  // A tooltip takes its time to go.
  await page.waitForTimeout(1000);
  await page.screenshot({ path, clip });
  const { size } = await stat(path);
  console.log(`${name}.png ${clip.width} × ${clip.height}, ${Math.round(size / 1000)} kB`);
  if (size >= largest) throw new Error(`${name}.png has ${size} bytes, more than ${largest}.`);
}

async function openSample(): Promise<Rectangle> {
  await page.setViewportSize({ width: 900, height: 600 });
  await (await workbench.reveal('models/xcm.onnx')).waitFor();
  await (await workbench.reveal('data/walk_0007.csv')).dblclick();
  await workbench.tab('walk_0007.csv').waitFor();
  await workbench.editor.line('left_ankle_acc_x').waitFor();
  await workbench.dismissNotifications();
  return { x: 0, y: 0, width: 760, height: 540 };
}

async function explain(): Promise<Rectangle> {
  await scene.explain('data/walk_0007.csv');
  await explained();
  await workbench.command('View: Close Primary Side Bar');
  await page.setViewportSize({ width: 1500, height: 850 });
  await settled();
  return panelBox();
}

async function pickLayer(): Promise<Rectangle> {
  await page.setViewportSize({ width: 1260, height: 760 });
  await workbench.command('Attribution: Pick Layer…');
  await workbench.quickPick.items();
  await workbench.quickPick.arrow('ArrowDown', 5);
  await settled();
  return { x: 320, y: 0, width: 940, height: 680 };
}

async function edit(): Promise<Rectangle> {
  await page.setViewportSize({ width: 1180, height: 760 });
  await workbench.editor.line('left_ankle_acc_x').click();
  await page.keyboard.press('Control+p');
  await workbench.quickPick.type('attribution.json');
  await workbench.quickPick.item('attribution.json').click();
  await workbench.tab('attribution.json').waitFor();
  const lines = (await readFile(join(workspace, 'attribution.json'), 'utf8')).split('\n');
  await workbench.editor.goTo(lines.findIndex((line) => line.includes('"pad"')) + 2);
  await settled();
  return { x: 48, y: 35, width: 1132, height: 690 };
}

async function audit(): Promise<Rectangle> {
  await workbench.quickPick.escape();
  await page.setViewportSize({ width: 1500, height: 850 });
  await workbench.command('View: Show Explorer');
  await scene.explain('data/test.csv');
  await explained();
  await workbench.command('View: Close Primary Side Bar');
  await workbench.command('Attribution: Audit Padding (Whole File)');
  await panel.frame.locator('#verdict-lengthEvidence').waitFor({ timeout: 400_000 });
  await workbench.dismissNotifications();
  return panelBox();
}

/** The panel takes the focus once its picture stands, and a palette that is open goes then. */
async function explained(): Promise<void> {
  await panel.drawn(60_000);
  await page.waitForTimeout(4000);
}

async function settled(): Promise<void> {
  await panel.drawn();
  // Charts follow a new size with their next frame.
  await page.waitForTimeout(1500);
}

async function panelBox(): Promise<Rectangle> {
  return (await page.locator('iframe.webview.ready').first().boundingBox())!;
}
