import assert from 'node:assert/strict';
import type { Graph } from '../../../src/graph/graph.ts';
import { soleInput } from '../../../src/graph/modelInput.ts';

const withInput = (dims: readonly (number | string | null)[]) =>
  ({ inputs: [{ name: 'x', dtype: 'float32', dims }] }) as unknown as Graph;

describe('the input of a model', () => {
  it('has no axis of no length, which batches of any size would go into for ever', () => {
    for (const length of [0, -3]) {
      assert.throws(() => soleInput(withInput([length, 3, 24])), {
        message: new RegExp(`^Axis 0 of the model's input "x" has the length ${length}, .*export it`),
      });
    }
    for (const free of ['batch', null, 1]) assert.deepEqual(soleInput(withInput([free, 3, 24])).name, 'x');
  });
});
