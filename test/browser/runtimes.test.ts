import assert from 'node:assert/strict';
import { chmod, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { scratchFolder } from '../workbench/folders.ts';
import { Scene } from './scene.ts';

/** An npm on a network where packages can be had and nothing else. */
const CLOSED = `#!/usr/bin/env node
if (process.argv[2] === 'rebuild') {
  console.error('npm error code 1\\nnpm error Error: getaddrinfo ENOTFOUND storage.example');
  process.exit(1);
}
`;

describe('Choosing a runtime', () => {
  let scene: Scene;
  let bin: Awaited<ReturnType<typeof scratchFolder>>;

  before(async function () {
    this.timeout(180_000);
    bin = await scratchFolder('npm');
    await writeFile(join(bin.path, 'npm'), CLOSED);
    await chmod(join(bin.path, 'npm'), 0o755);
    scene = await Scene.open({ env: { PATH: `${bin.path}${delimiter}${process.env.PATH}` } });
    await scene.explained('data/walk_0007.csv');
  });

  afterEach(async function () {
    await scene.pictureIfFailed(this.currentTest);
  });

  after(async () => {
    await scene?.close();
    await bin?.[Symbol.asyncDispose]();
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
    assert.match(
      rows.find((row) => row.startsWith('tfjs-node'))!,
      /does not load here \(it is not installed\)/,
    );
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
      /cannot fetch libtensorflow \(Error: getaddrinfo ENOTFOUND storage\.example\).*attribution\.tfjsNode\.path\.$/,
    );
    await workbench.screenshot('install-tfjs-node-refused');
  });
});
