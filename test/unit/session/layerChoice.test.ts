import assert from 'node:assert/strict';
import type { MethodId } from '../../../src/attribution/methods.ts';
import { layerChoice, layersFor } from '../../../src/session/layerChoice.ts';
import type { SessionState } from '../../../src/session/state.ts';

const noGradient = { early: 'No rule for Hardmax.', input: 'No rule for Hardmax.' };

function looking(method: MethodId): SessionState {
  const layers = ['early', 'late'].map((name) => ({ name }));
  return { explanation: { how: { method } }, model: { layers, noGradient } } as unknown as SessionState;
}

describe('picking a layer', () => {
  it('changes nothing but the layer where the method takes one', () => {
    assert.deepEqual(layerChoice(looking('hirescam'), 'late'), { layer: 'late' });
    assert.deepEqual(layerChoice(looking('eigencam'), 'early'), { layer: 'early' });
  });

  it('leaves the input for a method that the layer can take', () => {
    assert.deepEqual(layerChoice(looking('occlusion'), 'late'), { layer: 'late', method: undefined });
    assert.deepEqual(layerChoice(looking('occlusion'), 'early'), { layer: 'early', method: 'ablationcam' });
  });

  it('is offered layers with a gradient only where the method needs one, with the reason', () => {
    const names = (method: MethodId) => layersFor(looking(method)).layers.map(({ name }) => name);
    assert.deepEqual(names('gradcam'), ['late']);
    assert.match(layersFor(looking('gradcam')).reason!, /Grad-CAM needs a gradient; early.*Hardmax/);
    assert.deepEqual(names('eigencam'), ['early', 'late']);
    assert.deepEqual(names('occlusion'), ['early', 'late']);
    assert.equal(layersFor(looking('occlusion')).reason, undefined);
  });
});
