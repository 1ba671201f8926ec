import assert from 'node:assert/strict';
import { unsupportedMany } from '../../../src/graph/gradient/unsupported.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import { soleInput } from '../../../src/graph/modelInput.ts';

const many = Array.from({ length: 3000 }, (_, i) => `name_${i}`);

describe('long lists of names', () => {
  it('are cut in sentences, so that the end says what to do', () => {
    const inputs = many.map((name) => ({ name, dtype: 'float32', dims: [1] }));
    assert.throws(() => soleInput({ inputs } as unknown as Graph), {
      message:
        /^The model takes 3000 inputs \(name_0, (name_\d, ){4}name_5 and 2994 more\); only models that .*explained: .*export that\.$/,
    });
    const nodes = many.map((op) => ({ op, name: op, inputs: [], outputs: [op], attributes: {} }));
    assert.ok(unsupportedMany(nodes as never).message.length < 700);
  });
});
