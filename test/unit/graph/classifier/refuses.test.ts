import { graphOf } from '../smallGraph.ts';
import { head, refused, weights } from './head.ts';

describe('describeClassifier', () => {
  it('refuses what is no classifier of one series, in one sentence', async () => {
    const plain = graphOf(['N', 5, 16], (b) => head(b, 'x', 5));
    const second = { name: 'length', dtype: 'int64' as const, dims: ['N'] };
    await refused({ ...plain, inputs: [...plain.inputs, second] }, 'several-inputs', /\(x, length\)/);
    await refused({ ...plain, inputs: [] }, 'not-a-classifier', /no input/);
    await refused(
      { ...plain, inputs: [{ ...plain.inputs[0]!, dtype: 'int64' }] },
      'not-a-classifier',
      /int64/,
    );
    const features = graphOf(['N', 5, 16], (b) =>
      b.unsqueeze(b.add('Conv', ['x', weights(b, [3, 5, 1])]), [3]),
    );
    await refused(features, 'not-a-classifier', /one value per class/);
    await refused(
      graphOf(['N'], (b) => b.add('Relu', ['x'])),
      'input-shape',
      /\[N\]; a series is \[N, steps\],/,
    );
    await refused(
      graphOf(['N', 3, 32, 32], (b) => b.add('Relu', ['x'])),
      'input-shape',
      /axis of 1/,
    );
    await refused(
      graphOf(['N', 'F', 16], (b) => head(b, 'x', 5)),
      'input-shape',
      /how many features/,
      { layout: 'NFT' },
    );
    await refused(
      graphOf(['N', 2 ** 20, 2 ** 20], (b) => b.add('Relu', ['x'])),
      'input-too-big',
      /larger than any/,
    );
    const unknown = graphOf(['N', 5, 16], (b) => b.add('NoSuchOperator', ['x']));
    await refused(unknown, 'model-refused', /NoSuchOperator/);
  });
});
