import assert from 'node:assert/strict';
import { text } from '../../../../src/graph/attributes.ts';
import type { GraphBuilder } from '../../../../src/graph/builder.ts';
import { describeClassifier } from '../../../../src/graph/classifier.ts';
import type { Graph } from '../../../../src/graph/graph.ts';
import type { InputLayout } from '../../../../src/graph/inputLayout.ts';
import { float32 } from '../../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../../src/runtime/onnxRuntimeNode.ts';
import { refusal } from '../../refusal.ts';

interface Hints {
  readonly layout?: InputLayout;
  readonly steps?: number;
}

export const describeIt = async (graph: Graph, hints?: Hints) =>
  describeClassifier(graph, await openOnnxRuntimeNode(), hints);

export const refused = (graph: Graph, code: string, words: RegExp, hints?: Hints) =>
  assert.rejects(describeIt(graph, hints), refusal(code, words));

/** The same numbers for the same shape. */
export function weights(builder: GraphBuilder, dims: readonly number[]): string {
  const count = dims.reduce((product, dim) => product * dim, 1);
  return builder.constant(
    float32(
      dims,
      Float32Array.from({ length: count }, (_, i) => Math.sin(i + 1)),
    ),
  );
}

/** Conv over [N, features, T] to 4 channels, mean over time, linear to `classes`. */
export function head(builder: GraphBuilder, x: string, features: number, classes = 3, kernel = 3): string {
  const conv = builder.add('Conv', [x, weights(builder, [4, features, kernel])], {
    auto_pad: text('SAME_UPPER'),
  });
  const pooled = builder.reduce('ReduceMean', builder.add('Relu', [conv]), [2], false);
  return builder.add('MatMul', [pooled, weights(builder, [4, classes])]);
}
