import assert from 'node:assert/strict';
import { probabilitiesOf } from '../../../../src/attribution/probabilities.ts';
import { int } from '../../../../src/graph/attributes.ts';
import { GraphBuilder } from '../../../../src/graph/builder.ts';
import { describeClassifier } from '../../../../src/graph/classifier.ts';
import type { AnswerHints } from '../../../../src/graph/task.ts';
import { float32 } from '../../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../../src/runtime/onnxRuntimeNode.ts';
import { emptyGraph, graphOf } from '../smallGraph.ts';
import { describeIt, head, refused, weights } from './head.ts';

describe('describeClassifier', () => {
  it('finds the logits before a final activation', async () => {
    for (const [op, kind] of [
      ['Softmax', 'softmax'],
      ['LogSoftmax', 'log-softmax'],
      ['Sigmoid', 'sigmoid'],
    ] as const) {
      const graph = graphOf(['N', 5, 16], (b) =>
        b.add(op, [head(b, 'x', 5)], op === 'Sigmoid' ? {} : { axis: int(-1) }),
      );
      const found = await describeIt(graph);
      assert.equal(found.outputIs, kind);
      assert.match(found.logits, /MatMul/);
      assert.equal(found.classes, 3);
    }
  });

  it('reads one output as two classes with opposite logits', async () => {
    const found = await describeIt(graphOf(['N', 5, 16], (b) => b.add('Sigmoid', [head(b, 'x', 5, 1)])));
    assert.deepEqual([found.classes, found.outputIs], [2, 'sigmoid']);
    assert.deepEqual(
      found.findings.map(({ code }) => code),
      ['one-output'],
    );
    assert.deepEqual(found.shapes.dims(found.logits), [2, 2]);
    const outputs = [found.logits, 'y'].map((name) => ({ name, dtype: null, dims: [] }));
    const runtime = await openOnnxRuntimeNode();
    const session = await runtime.load({ ...found.graph, outputs });
    const x = float32(
      [1, 5, 16],
      Float32Array.from({ length: 80 }, (_, i) => Math.cos(i)),
    );
    const { [found.logits]: logits, y } = await session.run({ x });
    const [no, yes] = logits!.data as Float32Array;
    assert.equal(no, -yes!);
    assert.ok(Math.abs(1 / (1 + Math.exp(-yes!)) - (y!.data[0] as number)) < 1e-6);
  });

  it('says so where probabilities come out of a softmax it does not know', async () => {
    const graph = graphOf(['N', 5, 16], (b) => {
      const powers = b.add('Exp', [head(b, 'x', 5)]);
      return b.add('Div', [powers, b.reduce('ReduceSum', powers, [1], true)]);
    });
    const { findings, outputIs } = await describeIt(graph);
    assert.deepEqual(
      findings.map(({ code }) => code),
      ['probabilities-not-logits'],
    );
    // So that no softmax is taken of them again.
    assert.equal(outputIs, 'probabilities');
    assert.deepEqual([...probabilitiesOf(Float32Array.of(0.25, 0.75), outputIs)], [0.25, 0.75]);
  });

  it('explains the logits, not the embedding they are computed from, and names the output it leaves', async () => {
    const graph = graphOf(['N', 5, 16], (b) => head(b, 'x', 5));
    const embedding = graph.nodes.find((node) => node.op === 'ReduceMean')!.outputs[0]!;
    const outputs = [{ name: embedding, dtype: null, dims: [] }, ...graph.outputs];
    const found = await describeIt({ ...graph, outputs });
    assert.equal(found.logits, 'y');
    assert.match(found.findings[0]!.sentence, /"y" is explained; .*ReduceMean/);
  });

  it('takes of several answers the one that something speaks for, else the first, which is a warning', async () => {
    const heads = (...names: readonly string[]) => {
      const b = new GraphBuilder(emptyGraph(['N', 5, 16]));
      const embedding = b.reduce('ReduceMean', 'x', [2], false);
      b.rename(b.add('MatMul', [embedding, weights(b, [5, 4])]), 'aux');
      b.rename(b.add('MatMul', [embedding, weights(b, [5, 3])]), names[0]!);
      b.rename(b.add('Softmax', [names[0]!], { axis: int(-1) }), 'y');
      return b.build(['aux', ...names].map((name) => ({ name, dtype: null, dims: [] })));
    };
    const runtime = await openOnnxRuntimeNode();
    const taken = async (names: readonly string[], hints: AnswerHints = {}) => {
      const found = await describeClassifier(heads(...names), runtime, { layout: 'NFT', ...hints });
      const [said] = found.findings;
      assert.equal(said!.code, 'several-outputs');
      return [found.logits, found.classes, said!.severity];
    };
    assert.deepEqual(await taken(['logits']), ['logits', 3, 'info']);
    assert.deepEqual(await taken(['main', 'y']), ['main', 3, 'info'], 'its softmax is given, too');
    assert.deepEqual(await taken(['main']), ['aux', 4, 'warning']);
    assert.deepEqual(await taken(['main'], { classes: 3 }), ['main', 3, 'info']);
    assert.deepEqual(await taken(['logits', 'y'], { output: 'aux' }), ['aux', 4, 'info']);
    await assert.rejects(
      taken(['main'], { output: 'mian' }),
      /"mian", which the model does not have; it has aux, main\./,
    );
  });

  it('says what to do about the answer of one instance without an axis of instances', async () => {
    const squeezed = graphOf([1, 5, 16], (b) => b.squeeze(head(b, 'x', 5), [0]));
    await refused(squeezed, 'not-a-classifier', /\[3\] for the one instance that it takes.*squeeze\(-1\)/);
  });

  it('leaves a final softmax of every step out, also before a copy that gives the output its name', async () => {
    const bySteps = (b: GraphBuilder, op: string) => {
      const conv = b.add('Conv', ['x', weights(b, [3, 2, 1])]);
      return b.add(op, [b.transpose(conv, [0, 2, 1])], { axis: int(-1) });
    };
    for (const op of ['Softmax', 'LogSoftmax']) {
      const { values, classes, graph } = await describeIt(graphOf(['N', 2, 9], (b) => bySteps(b, op)));
      assert.equal(graph.nodes.find(({ outputs }) => outputs.includes('y'))!.op, 'Identity');
      assert.deepEqual([values?.softmax, values?.channels, values?.steps, classes], [true, 3, 9, 27], op);
    }
    const { values } = await describeIt(graphOf(['N', 2, 9], (b) => bySteps(b, 'LpNormalization')));
    assert.equal(values?.softmax, false);
  });
});
