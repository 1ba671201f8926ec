import type { Graph, ValueInfo } from '../graph/graph.ts';
import { liveNodes } from '../graph/liveNodes.ts';
import type { Tensors } from '../graph/runtime.ts';
import type { Shapes } from '../graph/shapes.ts';
import { elementCount, float32 } from '../graph/tensor.ts';
import type { Random } from '../random.ts';

/** A dropout whose mask is an input of the training graph. */
export interface Dropped {
  /** The input [N, …dims]: 0 where a value is dropped, 1/(1 − ratio) where it stays. */
  readonly input: string;
  readonly dims: readonly number[];
  readonly ratio: number;
}

/** Every Dropout before `logits` multiplies by a mask that is fed (Srivastava 2014, inverted as PyTorch has it). */
export function withDropout(
  graph: Graph,
  shapes: Shapes,
  logits: string,
): { readonly graph: Graph; readonly shapes: Shapes; readonly dropouts: readonly Dropped[] } {
  const live = new Set(liveNodes(graph.nodes, [logits]));
  const dropouts: Dropped[] = [];
  const dropped = new Map<string, string>();
  const nodes = graph.nodes.map((node) => {
    const ratio = graph.constants.get(node.inputs[1] ?? '')?.data[0] ?? 0.5;
    if (node.op !== 'Dropout' || !live.has(node) || Number(ratio) === 0) return node;
    const x = node.inputs[0]!;
    const input = `training_dropout_${dropouts.length}`;
    dropouts.push({ input, dims: shapes.dims(x)!.slice(1), ratio: Number(ratio) });
    dropped.set(input, x);
    return { ...node, op: 'Mul', inputs: [x, input], outputs: [node.outputs[0]!], attributes: {} };
  });
  const rows = graph.inputs[0]?.dims[0] ?? null;
  const inputs = dropouts.map(
    ({ input, dims }): ValueInfo => ({ name: input, dtype: 'float32', dims: [rows, ...dims] }),
  );
  return {
    graph: { ...graph, nodes, inputs: [...graph.inputs, ...inputs] },
    shapes: {
      ...shapes,
      dims: (name) => shapes.dims(dropped.get(name) ?? name),
      batchAxis: (name) => shapes.batchAxis(dropped.get(name) ?? name),
    },
    dropouts,
  };
}

/** Masks for a batch of `rows` instances: the same from the same source on every runtime. */
export function dropoutMasks(dropouts: readonly Dropped[], rows: number, random: Random): Tensors {
  return Object.fromEntries(
    dropouts.map(({ input, dims, ratio }) => {
      const kept = 1 / (1 - ratio);
      const draw = () => (random.integer(2 ** 24) / 2 ** 24 < ratio ? 0 : kept);
      return [
        input,
        float32([rows, ...dims], Float32Array.from({ length: rows * elementCount(dims) }, draw)),
      ];
    }),
  );
}
