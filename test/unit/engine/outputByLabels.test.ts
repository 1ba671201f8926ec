import assert from 'node:assert/strict';
import { writeOnnx } from '../../../src/formats/onnx/writeOnnx.ts';
import { GraphBuilder } from '../../../src/graph/builder.ts';
import { weights } from '../graph/classifier/head.ts';
import { emptyGraph } from '../graph/smallGraph.ts';
import { engineIn } from './engineIn.ts';

/** Twelve series of two features and a label each. */
const csv = (label: (series: number) => string) =>
  `case,label,a,b\n${Array.from({ length: 12 }, (_, series) =>
    Array.from({ length: 8 }, (_, t) =>
      [`s${series}`, label(series), Math.sin(t + series), Math.cos(t * series)].join(),
    ).join('\n'),
  ).join('\n')}\n`;

const NUMBERS = (i: number) => (i / 7 + 0.25).toFixed(4);
const OF = (...names: readonly string[]) => {
  return (i: number) => names[i % names.length]!;
};

describe('the labels of a file', () => {
  const { engine, put } = engineIn('output-by-labels');

  /** Heads of so many columns over one mean; called by their number. */
  const heads = (...columns: readonly number[]) => {
    const b = new GraphBuilder(emptyGraph(['N', 2, 8]));
    const conv = b.add('Conv', ['x', weights(b, [3, 2, 1])]);
    const pooled = b.reduce('ReduceMean', conv, [2], false);
    for (const [i, count] of columns.entries())
      b.rename(b.add('MatMul', [pooled, weights(b, [3, count])]), `head${i}`);
    const outputs = columns.map((count, i) => ({
      ...{ name: `head${i}`, dtype: 'float32' as const },
      dims: ['N', count],
    }));
    return put(`${columns.join('_')}.onnx`, writeOnnx(b.build(outputs)));
  };

  const explained = async (columns: readonly number[], label: (series: number) => string) => {
    const data = put('data.csv', csv(label));
    const request = { model: heads(...columns), data, set: ['input=NFT', 'data.label=label'] };
    const { prediction, findings } = await engine.explain({ ...request, method: 'saliency' });
    const [said] = findings.filter(({ code }) => code === 'several-outputs');
    const { preprocessing } = await engine.audit(request);
    assert.deepEqual(
      preprocessing.filter(({ code }) => code === 'several-outputs'),
      [said],
      'the audit says the same',
    );
    return { prediction, findings, said: said! };
  };

  for (const [columns, label, taken, outputs, severity] of [
    [[4, 3], OF('a', 'b', 'c'), 'head1', 3, 'warning'],
    [[3, 4], OF('a', 'b', 'c', 'd'), 'head1', 4, 'info'],
    [[1, 3], OF('0', '1', '2'), 'head1', 3, 'info'],
    [[1, 3], OF('1', '2', '3'), 'head1', 3, 'info'],
    [[3, 1], NUMBERS, 'head1', 1, 'info'],
    [[5, 1], OF('-1', '1'), 'head1', 2, 'warning'],
  ] as const)
    it(`settle which of heads of ${columns.join(' and ')} is the answer: ${label(0)}, ${label(1)}, …`, async () => {
      const { prediction, said } = await explained(columns, label);
      assert.equal(prediction.classes.length, outputs);
      assert.equal(said.severity, severity);
      assert.match(said.sentence, new RegExp(`"${taken}" is explained, because it alone `));
    });

  it('do not where two heads fit, none does, or numbers among them are missing', async () => {
    for (const [columns, label] of [
      [[3, 3], OF('a', 'b', 'c')],
      [[4, 5], OF('a', 'b', 'c')],
      [[4, 3], OF('0', '1', '3')],
    ] as const) {
      const { said, prediction } = await explained(columns, label);
      assert.match(said.sentence, /"head0" is explained, because it comes first/);
      assert.equal(prediction.classes.length, columns[0]);
    }
  });

  it('are not called those of a regression where another head could have them as classes', async () => {
    await assert.rejects(
      explained([1, 4], OF('0', '1', '2')),
      /gives one number without a sigmoid, .* another output of it, which may hold classes \(head1\)/,
    );
  });

  it('are what the summary of the model and an explainer of it go by', async () => {
    const data = put('data.csv', csv(OF('a', 'b', 'c')));
    let output: string | undefined;
    const saw = (one: object) => {
      if ('model' in one) output = (one as { model: { output?: string } }).model.output;
    };
    const request = { data, model: heads(4, 3), set: ['input=NFT', 'data.label=label'], fresh: true };
    await engine.open({ ...request, method: 'saliency' }, { saw });
    assert.equal(output, 'head1');
    const { said } = await engine.explainer({ model: request.model, set: ['input=NFT'], output });
    assert.match(said[0]!.sentence, /"head1" is explained;/);
  });
});
