import type { Graph, GraphNode } from '../../graph/graph.ts';
import { liveNodes } from '../../graph/liveNodes.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { Refusal } from '../../refusal.ts';
import type { Tensors } from '../runtime.ts';
import type { Tf, TfTensor } from './backend.ts';
import { Call, type Result } from './call.ts';
import type { ConstantStore } from './constantStore.ts';
import { operatorFor } from './registry.ts';
import { Value } from './value.ts';

/**
 * Runs the nodes that `outputs` rest on. A tensor is disposed of after its last reader, and all of them at the end,
 * whatever happens.
 * @param plans which nodes those are, by the outputs asked for
 */
export function runNodes(
  tf: Tf,
  graph: Graph,
  constants: ConstantStore,
  feeds: Tensors,
  outputs: readonly string[],
  plans: Map<string, readonly GraphNode[]>,
): Tensors {
  const key = outputs.join('\n');
  const nodes = plans.get(key) ?? liveNodes(graph.nodes, outputs).filter(({ op }) => op !== 'Constant');
  plans.set(key, nodes);
  const readers = countReaders(nodes, outputs);
  const values = new Map<string, Value>(
    Object.entries(feeds).map(([name, feed]) => [name, Value.host(feed)]),
  );
  const find = (name: string) => constants.value(name) ?? values.get(name);
  try {
    for (const node of nodes) {
      const call = new Call(
        tf,
        node,
        graph.opset,
        node.inputs.map((name) => (name === '' ? undefined : find(name))),
        constants,
      );
      for (const [i, result] of compute(tf, call).entries()) {
        const name = node.outputs[i];
        if (!name || !readers.has(name)) result.release();
        else values.set(name, result);
      }
      for (const name of node.inputs) finish(name, readers, values);
    }
    return Object.fromEntries(outputs.map((name) => [name, outputOf(name, find(name))]));
  } finally {
    for (const value of values.values()) value.release();
  }
}

function countReaders(nodes: readonly GraphNode[], outputs: readonly string[]): Map<string, number> {
  const readers = new Map<string, number>();
  for (const name of [...nodes.flatMap((node) => node.inputs), ...outputs]) {
    readers.set(name, (readers.get(name) ?? 0) + 1);
  }
  return readers;
}

function finish(name: string, readers: Map<string, number>, values: Map<string, Value>): void {
  const left = (readers.get(name) ?? 0) - 1;
  readers.set(name, left);
  if (left > 0) return;
  values.get(name)?.release();
  values.delete(name);
}

/** What the operator makes on the way is disposed of; its results are not. */
function compute(tf: Tf, call: Call): Value[] {
  const engine = tf.engine();
  const kept: TfTensor[] = [];
  engine.startScope(call.node.op);
  try {
    const result = operatorFor(call.node.op)!(call);
    const results = Array.isArray(result) ? (result as readonly Result[]) : [result as Result];
    return results.map((each) => {
      if (each instanceof Value) return each;
      if (!isOnDevice(each)) return Value.host(each);
      kept.push(each);
      return Value.device(each);
    });
  } finally {
    engine.endScope(kept);
  }
}

function isOnDevice(result: TfTensor | Tensor): result is TfTensor {
  return 'dataId' in result;
}

function outputOf(name: string, value: Value | undefined): Tensor {
  if (value === undefined) throw new Refusal('model-refused', `nothing makes the output "${name}"`);
  const { dtype, dims, data } = value.host();
  // Its own copy: a constant or a feed given out may be changed by whoever gets it.
  return { dtype, dims: [...dims], data: data.slice() as Tensor['data'] };
}
