import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { scratch } from './support/files.ts';
import { explain, lens, pictureOf, run, until } from './support/lens.ts';

const set = (name: string, value: unknown) =>
  vscode.workspace.getConfiguration('attribution').update(name, value, vscode.ConfigurationTarget.Workspace);

/** The largest difference of two maps, of the first one's largest value. */
function apart(a: Float32Array, b: Float32Array): number {
  assert.equal(a.length, b.length);
  const largest = a.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0) / largest;
}

describe('The TensorFlow.js runtimes', () => {
  after(async () => {
    await set('runtime', undefined);
    await set('tfjsNode.path', undefined);
  });

  it('give the same map as ONNX Runtime, chosen by the command', async () => {
    const { native } = pictureOf(await explain(join(scratch(), 'single.csv')));
    await run('selectRuntime', 'tfjs-wasm');
    const { explanation } = await until(
      ({ explanation }) => /^tfjs-wasm 4/.test(explanation?.provenance.runtime ?? ''),
      'tfjs-wasm',
    );
    assert.ok(apart(native.values, explanation!.native.values) <= 1e-4);
  });

  it('say why tfjs-wasm runs in place of a tfjs-node that is not there', async () => {
    await set('tfjsNode.path', scratch());
    await set('runtime', 'tfjs-node');
    const { runtime } = await until(({ runtime }) => runtime?.note !== undefined, 'a note');
    assert.equal(runtime!.id, 'tfjs-wasm');
    assert.match(runtime!.note!, /there is no @tensorflow\/tfjs-node in .*Install tfjs-node Runtime/);
  });

  it('run tfjs-node from the folder that the setting names, in the Node of VS Code', async function () {
    const built = process.env.ATTRIBUTION_TEST_TFJS_NODE ?? '!the suite does not say';
    if (built.startsWith('!')) {
      console.warn(`NOT RUN: tfjs-node in VS Code, because ${built.slice(1)}`);
      this.skip();
    }
    await set('runtime', 'auto');
    const { native } = pictureOf(await explain(join(scratch(), 'single.csv')));
    await set('tfjsNode.path', built);
    await set('runtime', 'tfjs-node');
    const { explanation } = await until(
      ({ explanation }) => /^tfjs-node 4/.test(explanation?.provenance.runtime ?? ''),
      'tfjs-node',
      60_000,
    );
    assert.ok(apart(native.values, explanation!.native.values) <= 1e-4);
    const { engine } = await lens();
    assert.equal((await engine.call('runtime', { prefer: 'tfjs-node' })).note, undefined);
  });
});
