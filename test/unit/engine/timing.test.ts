import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { createEngine, type LocalEngine } from '../../../src/engine/service.ts';
import { refusal } from '../refusal.ts';

const model = fileURLToPath(new URL('../../../media/sample/models/xcm.onnx', import.meta.url));

describe('timing', () => {
  let engine: LocalEngine;
  before(() => {
    engine = createEngine();
  });
  after(() => engine.dispose());

  for (const prefer of ['onnxruntime-web', 'tfjs-wasm'] as const) {
    it(`measures the model and its map with ${prefer}`, async () => {
      const { id, version, note, forwardMs, mapMs } = await engine.timing({
        model,
        layer: 'conv2dblock',
        prefer,
      });
      assert.deepEqual([id, note], [prefer, undefined]);
      assert.match(version, /^\d+\.\d+/);
      assert.ok(forwardMs > 0 && Number.isFinite(forwardMs), `${forwardMs}`);
      assert.ok(mapMs! > 0 && Number.isFinite(mapMs), `${mapMs}`);
    });
  }

  it('of a model that takes any number of steps, too', async () => {
    const free = fileURLToPath(new URL('../../fixtures/pt2/fcn_free_time.pt2', import.meta.url));
    assert.ok((await engine.timing({ model: free, prefer: 'auto' })).mapMs! > 0);
  });

  it('takes the last convolution at the input and where no layer is named', async () => {
    for (const layer of ['input', undefined]) {
      assert.ok((await engine.timing({ model, layer, prefer: 'onnxruntime-web' })).mapMs! > 0);
    }
  });

  it('refuses a layer the model does not have', async () => {
    const asked = engine.timing({ model, layer: 'nowhere', prefer: 'onnxruntime-web' });
    await assert.rejects(asked, refusal('unknown-layer', /nowhere/));
  });

  it('ends when it is told to', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await assert.rejects(engine.timing({ model, prefer: 'onnxruntime-web' }, { signal }), /enough/);
  });
});
