import assert from 'node:assert/strict';
import { int } from '../../../src/graph/attributes.ts';
import { float32 } from '../../../src/graph/tensor.ts';
import { lastLinear } from '../../../src/repair/lastLinear.ts';
import { describeIt, head } from '../graph/classifier/head.ts';
import { graphOf } from '../graph/smallGraph.ts';

describe('the last linear layer', () => {
  it('is none of an ensemble whose probabilities are added, which are not called logits', async () => {
    const graph = graphOf(['N', 5, 16], (b) => {
      const softmax = () => b.add('Softmax', [head(b, 'x', 5)], { axis: int(-1) });
      return b.add('Mul', [
        b.add('Add', [softmax(), softmax()]),
        b.constant(float32([], Float32Array.of(0.5))),
      ]);
    });
    const model = await describeIt(graph);
    assert.equal(model.outputIs, 'probabilities');
    assert.match(
      lastLinear(model) as string,
      /^The probabilities, before which no logits were found, come out of Mul ".*", not out of a linear layer/,
    );
  });

  it('is none where logits come out of something else, which are called so', async () => {
    const model = await describeIt(graphOf(['N', 5, 16], (b) => b.add('Tanh', [head(b, 'x', 5)])));
    assert.match(lastLinear(model) as string, /^The logits come out of Tanh ".*", not out of a linear layer/);
  });
});
