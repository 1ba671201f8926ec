import assert from 'node:assert/strict';
import { emptyMapFinding, type MapEvidence } from '../../../src/attribution/emptyMap.ts';
import type { MethodId } from '../../../src/attribution/methods.ts';

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

  it('whose gradients cancel: says by what, and what shows more', () => {
    const [finding] = emptyMapFinding(zero, { ...evidence, alpha: new Float32Array(2), cancels: true });
    assert.equal(finding!.code, 'cancelled-gradients');
    assert.match(finding!.sentence, /instance normalisation behind it.*choose HiResCAM/);
  });

  it('whose activations are zero, signed or not', () => {
    for (const lowest of [0, undefined]) {
      const [finding] = emptyMapFinding(zero, { ...evidence, lowest });
      assert.equal(finding!.code, 'zero-activation');
      assert.match(finding!.sentence, /activations are zero/);
    }
  });

  const cause = (method: MethodId, more: Partial<MapEvidence> = {}) =>
    emptyMapFinding(zero, { ...evidence, lowest: undefined, method, ...more })[0]!;

  it('at the input: says what zero does and does not mean', () => {
    const product = cause('gradient-input');
    assert.equal(product.code, 'zero-input');
    assert.match(product.sentence, /exactly 0 where x = 0, which is NOT evidence that nothing is used/);
    assert.equal(cause('gradient-input', { alpha: new Float32Array(1) }).code, 'zero-gradient');
    assert.equal(cause('saliency', { alpha: new Float32Array(1) }).code, 'zero-gradient');
    assert.equal(cause('smoothgrad', { alpha: undefined }).code, 'zero-gradient');
    assert.equal(cause('integrated-gradients', { alpha: undefined }).code, 'same-as-baseline');
    for (const method of ['occlusion', 'feature-ablation'] as const) {
      assert.match(cause(method, { alpha: undefined }).sentence, /replacement may equal what stands there/);
    }
  });

  it('at a layer: names the cause that the method has', () => {
    assert.equal(cause('layercam').code, 'no-positive-gradient');
    assert.equal(cause('gradcampp').code, 'no-positive-gradient');
    assert.equal(cause('ablationcam', { alpha: undefined }).code, 'no-effect');
    assert.equal(cause('eigencam', { alpha: undefined }).code, 'flat-activation');
    assert.equal(cause('scorecam', { alpha: undefined }).code, 'zero-activation');
    assert.equal(cause('ablationcam', { alpha: undefined, lowest: -1 }).code, 'all-negative-map');
  });
});
