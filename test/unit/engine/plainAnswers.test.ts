import assert from 'node:assert/strict';
import { PlainAnswers } from '../../../src/engine/audit/plainAnswers.ts';
import { GraphBuilder } from '../../../src/graph/builder.ts';
import { describeClassifier } from '../../../src/graph/classifier.ts';
import { float32 } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { refusal } from '../refusal.ts';

describe('a model as an audit asks it', () => {
  it('takes no other length where a free axis is declared and a length written behind it', async () => {
    const inputs = [{ name: 'x', dtype: 'float32', dims: ['n', 2, 't'] }] as const;
    const empty = { opset: 17, irVersion: 8, producer: 'test', nodes: [], constants: new Map(), outputs: [] };
    const builder = new GraphBuilder({ ...empty, inputs });
    const rows = builder.add('Reshape', ['x', builder.ints([-1, 8])]);
    const weights = float32(
      [8, 3],
      Array.from({ length: 24 }, (_, i) => Math.sin(i)),
    );
    const logits = builder.rename(builder.add('MatMul', [rows, builder.constant(weights)]), 'logits');
    const graph = builder.build([{ name: logits, dtype: 'float32', dims: ['n', 3] }]);
    const runtime = await openOnnxRuntimeNode();
    const found = await describeClassifier(graph, runtime, { layout: 'NFT', steps: 4 });
    const answers = new PlainAnswers(found, runtime, 4, () => {});
    const series = (steps: number) =>
      [0, 1, 2].map((content) => ({
        content,
        x: new Float32Array(2 * steps).fill(content),
        mask: new Uint8Array(steps).fill(1),
      }));
    assert.equal((await answers.ask(series(4), 4)).predicted.length, 3);
    // Twice the steps are twice the rows: of six answers to three series none is any series' own.
    await assert.rejects(answers.ask(series(8), 8), refusal('fixed-length', /takes 4 steps only/));
    await answers.dispose();
  });
});
