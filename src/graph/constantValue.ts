import { floatOf, intOf, intsOf, tensorOf } from './attributes.ts';
import type { Graph, GraphNode } from './graph.ts';
import { float32, int64, type Tensor } from './tensor.ts';

/** What a `Constant` node holds; undefined for any other node and for strings and sparse tensors. */
export function constantNodeValue(node: GraphNode): Tensor | undefined {
  if (node.op !== 'Constant') return undefined;
  const whole = tensorOf(node, 'value');
  if (whole) return whole;
  const floatValue = floatOf(node, 'value_float');
  if (floatValue !== undefined) return float32([], [floatValue]);
  const intValue = intOf(node, 'value_int');
  if (intValue !== undefined) return int64([], [intValue]);
  const intValues = intsOf(node, 'value_ints');
  if (intValues) return int64([intValues.length], intValues);
  const floatValues = node.attributes.value_floats;
  if (floatValues?.kind === 'floats') return float32([floatValues.value.length], floatValues.value);
  return undefined;
}

const known = new WeakMap<Graph, ReadonlyMap<string, Tensor>>();

/** Every tensor whose value is written in the file: initializers, `Constant` nodes, and their `Identity` copies. */
export function constantValues(graph: Graph): ReadonlyMap<string, Tensor> {
  const found = known.get(graph) ?? written(graph);
  known.set(graph, found);
  return found;
}

function written(graph: Graph): ReadonlyMap<string, Tensor> {
  const values = new Map(graph.constants);
  for (const node of graph.nodes) {
    const value = node.op === 'Identity' ? values.get(node.inputs[0]!) : constantNodeValue(node);
    if (value) values.set(node.outputs[0]!, value);
  }
  return values;
}
