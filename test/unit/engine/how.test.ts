import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import type { How } from '../../../src/attribution/how.ts';
import { createEngine } from '../../../src/engine/service.ts';

const sample = (path: string) => fileURLToPath(new URL(`../../../media/sample/${path}`, import.meta.url));

/** An answer says how it was made, and asking for that again gives the same map. */
describe('How, as an answer says it', () => {
  const engine = createEngine();
  after(() => engine.dispose());
  const explain = (how: How) =>
    engine.explain({
      ...{ model: sample('models/xcm.onnx'), data: sample('data/walk_0007.csv') },
      ...{ project: sample('attribution.json'), ...how },
    });

  const asked: readonly [string, How, Partial<How>][] = [
    ['nothing', {}, { target: 'predicted', negative: false, method: 'gradcam', relu: true }],
    ['a class by number, against the next', { target: 1, against: 'runner-up' }, { against: 'runner-up' }],
    [
      'what the method knows nothing of',
      { method: 'occlusion', relu: true, options: { samples: 7 } },
      {
        ...{ layer: 'input', relu: false, maskedAlpha: false, maskedModel: false },
        options: { replacement: { kind: 'zero' }, window: { features: 1, steps: 5 }, stride: null },
      },
    ],
    [
      'the masked model, turned round',
      { maskedModel: true, negative: true },
      { maskedModel: true, negative: true },
    ],
  ];
  for (const [name, how, wanted] of asked) {
    it(`is complete: ${name}`, async () => {
      const first = await explain(how);
      assert.deepEqual({ ...first.how, ...wanted }, first.how);
      if (how.target === 1) assert.equal(first.how.target, first.prediction.classes[1]);
      const again = await explain(first.how);
      assert.deepEqual(again.how, first.how);
      assert.deepEqual(again.map, first.map);
    });
  }
});
