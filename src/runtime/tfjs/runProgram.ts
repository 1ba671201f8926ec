import type { Tensor } from '../../graph/tensor.ts';
import { namesRead } from '../../graph/topology.ts';
import { Refusal } from '../../refusal.ts';
import type { Tf, TfTensor } from './backend.ts';
import { Call, type Result, Stop } from './call.ts';
import type { Program } from './program.ts';
import { operatorFor } from './registry.ts';
import { RunValue } from './value.ts';

type Find = (name: string) => RunValue | undefined;

/**
 * Runs the nodes that `outputs` rest on. A tensor is disposed of after its last reader, and all of them at the end,
 * whatever happens.
 * @param inputs are taken over
 * @param outside what an enclosing graph offers
 * @returns the outputs, for the caller to release
 * @throws Refusal `model-refused`
 */
export function runProgram(
  tf: Tf,
  program: Program,
  inputs: Iterable<readonly [string, RunValue]>,
  outputs: readonly string[],
  outside: Find = () => undefined,
): RunValue[] {
  const { nodes, readers } = program.plan(outputs);
  const left = new Map(readers);
  const values = new Map<string, RunValue>(inputs);
  const find: Find = (name) => program.value(name) ?? values.get(name) ?? outside(name);
  try {
    for (const node of nodes) {
      const given = node.inputs.map((name) => (name === '' ? undefined : find(name)));
      const call = new Call(tf, node, program.graph.opset, given, program, (graph, own) => {
        const body = program.body(graph);
        return runProgram(
          tf,
          body,
          own,
          graph.outputs.map(({ name }) => name),
          find,
        );
      });
      for (const [i, result] of compute(tf, call).entries()) {
        const name = node.outputs[i];
        if (!name || !readers.has(name)) result.release();
        else values.set(name, result);
      }
      for (const name of namesRead(node)) finish(name, left, values);
    }
    return outputs.map((name) => {
      const value = find(name);
      if (!value) throw new Refusal('model-refused', `nothing makes the output "${name}"`);
      return value.retain();
    });
  } finally {
    for (const value of values.values()) value.release();
  }
}

function finish(name: string, left: Map<string, number>, values: Map<string, RunValue>): void {
  const readers = (left.get(name) ?? 0) - 1;
  left.set(name, readers);
  if (readers > 0) return;
  values.get(name)?.release();
  values.delete(name);
}

/** What the operator makes on the way is disposed of; its results are not. */
function compute(tf: Tf, call: Call): RunValue[] {
  const engine = tf.engine();
  const kept: TfTensor[] = [];
  engine.startScope(call.node.op);
  try {
    const result = operatorFor(call.node.op)!(call);
    const results = Array.isArray(result) ? (result as readonly Result[]) : [result as Result];
    return results.map((each) => {
      const value = asValue(each);
      if (value.tensor) kept.push(value.tensor);
      return value;
    });
  } catch (error) {
    if (error instanceof Stop) throw error;
    return call.refuse(error instanceof Error ? error.message : String(error));
  } finally {
    engine.endScope(kept);
  }
}

function asValue(result: Result): RunValue {
  if (result instanceof RunValue) return result;
  return isOnDevice(result) ? RunValue.device(result) : RunValue.host(result);
}

function isOnDevice(result: TfTensor | Tensor): result is TfTensor {
  return 'dataId' in result;
}
