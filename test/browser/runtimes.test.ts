import assert from 'node:assert/strict';
import { scratchFolder } from '../workbench/folders.ts';
import { Scene } from './scene.ts';

describe('Choosing a runtime', () => {
  let scene: Scene;
  let cache: Awaited<ReturnType<typeof scratchFolder>>;

  before(async function () {
    this.timeout(180_000);
    // An npm that may not use the network and has seen nothing before.
    cache = await scratchFolder('npm');
    scene = await Scene.open({ env: { npm_config_offline: 'true', npm_config_cache: cache.path } });
    await scene.explained('data/walk_0007.csv');
  });

  afterEach(async function () {
    await scene.pictureIfFailed(this.currentTest);
  });

  after(async () => {
    await scene?.close();
    await cache?.[Symbol.asyncDispose]();
  });

  it('lists what each takes for the loaded model, and why one does not load', async () => {
    const { workbench } = scene;
    await workbench.command('Attribution: Select Runtime…');
    // The last one that is measured.
    await workbench.quickPick.item(/tfjs-wasm.*Grad-CAM [\d.]+ ms/s).waitFor({ timeout: 60_000 });
    const rows = await workbench.quickPick.items();
    assert.equal(rows.length, 5);
    assert.match(
      rows.find((row) => row.startsWith('onnxruntime-web'))!,
      /model [\d.]+ ms · Grad-CAM [\d.]+ ms/,
    );
    assert.match(rows.find((row) => row.startsWith('tfjs-node'))!, /does not load here: it is not installed/);
    await workbench.screenshot('select-runtime');
  });

  it('runs the model with the one that is chosen', async () => {
    const { workbench, panel } = scene;
    await workbench.quickPick.choose(/^tfjs-wasm/);
    await workbench.status(/tfjs-wasm 4/).waitFor({ timeout: 30_000 });
    await panel.says('origin', 'tfjs-wasm 4');
    await panel.says('prediction', /predicted walk/);
  });

  it('says in one sentence that a closed network does not let tfjs-node in, and what to do', async () => {
    const { workbench } = scene;
    await workbench.command('Attribution: Install tfjs-node Runtime');
    const message = workbench.page.locator('.notification-list-item-message', {
      hasText: 'tfjs-node was not installed',
    });
    await message.first().waitFor({ timeout: 60_000 });
    assert.match(
      (await message.first().textContent())!,
      /npm cannot fetch it \(.*(ENOTCACHED|cache).*\); on a closed network .*attribution\.tfjsNode\.path\.$/,
    );
    await workbench.screenshot('install-tfjs-node-refused');
  });
});
