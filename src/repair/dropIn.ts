import { int } from '../graph/attributes.ts';
import { GraphBuilder } from '../graph/builder.ts';
import type { Graph } from '../graph/graph.ts';
import type { InputLayout } from '../graph/inputLayout.ts';
import { MASK_INSIDE_SCOPE } from '../graph/masking/writer.ts';
import { renamedNode } from '../graph/renamed.ts';
import { float32 } from '../graph/tensor.ts';
import { Refusal } from '../refusal.ts';

/** What the padding of a file looks like to the model. */
export interface PaddingLook {
  /** Where it lies; `both` may lie at either end. */
  readonly side: 'end' | 'front' | 'both';
  /** [F] what stands there, as the model takes it. */
  readonly value: readonly number[];
}

/**
 * A masked model with its single input again: the mask is computed inside. A step is padding when it and every step
 * behind it (before it, at the front) are the padding value in every feature; such steps within the series stay real.
 * @param input the series; @param maskInput float32 [N, T], which is no input any more
 * @throws Refusal `cannot-drop-in` for an opset without CumSum
 */
export function dropIn(
  graph: Graph,
  input: { readonly name: string; readonly layout: InputLayout },
  maskInput: string,
  padding: PaddingLook,
): Graph {
  if (!canComputeMask(graph)) {
    throw new Refusal(
      'cannot-drop-in',
      `The model is written in ONNX opset ${graph.opset}; a mask can be computed inside from opset 11 on, so export it with a newer one or keep the mask as an input.`,
    );
  }
  const base = { ...graph, inputs: graph.inputs.filter(({ name }) => name !== maskInput) };
  // What computes the mask comes first, so that the nodes stay in order.
  const builder = new GraphBuilder({ ...base, nodes: [], constants: new Map() }, MASK_INSIDE_SCOPE);
  const mask = inferredMask(builder, input, padding);
  const made = builder.build([{ name: mask, dtype: 'float32', dims: [] }]);
  // The name of the input is free again for a mask that somebody puts on this model.
  const renamed = (name: string) => (name === maskInput ? mask : name);
  return {
    ...base,
    nodes: [...made.nodes, ...graph.nodes.map((node) => renamedNode(node, renamed))],
    constants: new Map([...graph.constants, ...made.constants]),
  };
}

/** Whether the opset has what a mask is computed with. */
export function canComputeMask({ opset }: Pick<Graph, 'opset'>): boolean {
  return opset >= 11;
}

/** [N, T] 1 on real steps. */
function inferredMask(
  builder: GraphBuilder,
  { name, layout }: { readonly name: string; readonly layout: InputLayout },
  { side, value }: PaddingLook,
): string {
  const dims = [...layout].map((axis) => (axis === 'F' ? value.length : 1));
  const padded = builder.constant(float32(dims, value));
  const apart = builder.toFloat(builder.add('Not', [builder.equal(name, padded)]));
  const [batch, time] = [layout.indexOf('N'), layout.indexOf('T')];
  const others = [...layout].flatMap((_, axis) => (axis === batch || axis === time ? [] : [axis]));
  const differs = builder.reduce('ReduceMax', apart, others, false);
  const behind = (reverse: 0 | 1) => {
    const count = builder.add(
      'CumSum',
      [differs, builder.constant({ dtype: 'int64', dims: [], data: BigInt64Array.of(1n) })],
      {
        reverse: int(reverse),
      },
    );
    return builder.add('Min', [count, builder.scalar(1)]);
  };
  if (side === 'end') return behind(1);
  if (side === 'front') return behind(0);
  return builder.add('Mul', [behind(1), behind(0)]);
}

/** The mask that a drop-in model computes for a series [F, T]: 1 on real steps. */
export function maskInside(x: Float32Array, steps: number, { side, value }: PaddingLook): Uint8Array {
  const isPadding = (t: number) => value.every((fill, f) => x[f * steps + t] === Math.fround(fill));
  const mask = new Uint8Array(steps).fill(1);
  if (side !== 'front') for (let t = steps - 1; t >= 0 && isPadding(t); t--) mask[t] = 0;
  if (side !== 'end') for (let t = 0; t < steps && isPadding(t); t++) mask[t] = 0;
  return mask;
}
