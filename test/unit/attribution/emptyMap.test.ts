import assert from 'node:assert/strict';
import { emptyMapFinding } from '../../../src/attribution/emptyMap.ts';

const zero = new Float32Array(3);
const evidence = { method: 'gradcam', lowest: 0, alpha: Float32Array.of(0, 1), className: 'walk' } as const;

describe('empty map', () => {
  it('is not one as long as a value differs from zero', () => {
    assert.deepEqual(emptyMapFinding(Float32Array.of(0, -1e-30, 0), evidence), []);
  });

  it('whose values were all negative: offers the signed map', () => {
    const [finding] = emptyMapFinding(zero, { ...evidence, lowest: -2 });
    assert.equal(finding!.code, 'all-negative-map');
    assert.match(finding!.sentence, /against walk.*turn ReLU off/);
  });

  it('whose gradients are zero: saturated or dead units', () => {
    const [finding] = emptyMapFinding(zero, { ...evidence, alpha: new Float32Array(2) });
    assert.equal(finding!.code, 'zero-gradient');
    assert.match(finding!.sentence, /gradients of walk are zero.*saturated/);
  });

  it('whose activations are zero, signed or not', () => {
    for (const lowest of [0, undefined]) {
      const [finding] = emptyMapFinding(zero, { ...evidence, lowest });
      assert.equal(finding!.code, 'zero-activation');
      assert.match(finding!.sentence, /activations are zero/);
    }
  });
});
