import { intOf, intsOf } from '../../../graph/attributes.ts';
import { int64, numbers, tensor } from '../../../graph/tensor.ts';
import type { Call, Operators, Result } from '../call.ts';
import { stridesOf } from '../host/array.ts';
import { concat, copyView } from '../host/view.ts';
import { RunValue } from '../value.ts';

/** More turns than any series has steps: a loop that goes on is a mistake of the model. */
const MOST_TURNS = 1_000_000;

/** Operators that run a graph of their own. */
export const scanOperators: Operators = {
  /** One branch or the other; both read what is around them. */
  If: (call) => {
    const branch = call.node.attributes[call.number(0) === 0 ? 'else_branch' : 'then_branch'];
    if (branch?.kind !== 'graph') return call.refuse('a branch is missing');
    return call.runBody(branch.value, []);
  },
  /** Runs its body while the condition holds, at most as often as it is told, handing the states on. */
  Loop: (call) => {
    const body = call.node.attributes.body;
    if (body?.kind !== 'graph') return call.refuse('it has no body');
    const most = call.has(0) ? call.number(0) : Number.POSITIVE_INFINITY;
    const names = body.value.inputs.map(({ name }) => name);
    const carried = call.values.length - 2;
    const collected = Array.from({ length: body.value.outputs.length - 1 - carried }, (): RunValue[] => []);
    let goesOn = call.has(1) ? call.number(1) !== 0 : true;
    let states = Array.from({ length: carried }, (_, i) => call.value(i + 2).retain());
    for (let turn = 0; goesOn && turn < most; turn++) {
      if (turn >= MOST_TURNS) return call.refuse(`it has not ended after ${MOST_TURNS} turns`);
      const first = [RunValue.host(int64([], [turn])), RunValue.host(tensor('bool', [], Uint8Array.of(1)))];
      const made = call.runBody(
        body.value,
        [...first, ...states].map((value, i) => [names[i]!, value] as const),
      );
      goesOn = numbers(made[0]!.host())[0] !== 0;
      made[0]!.release();
      states = made.slice(1, carried + 1);
      for (const [i, value] of made.slice(carried + 1).entries()) collected[i]!.push(value);
    }
    return [...states, ...collected.map((values) => stack(call, values, 0))];
  },
  /** Runs its body once per slice of the scan inputs, handing the states on. */
  Scan: (call) => {
    const { node } = call;
    const body = node.attributes.body;
    if (body?.kind !== 'graph') return call.refuse('it has no body');
    const scanned = intOf(node, 'num_scan_inputs') ?? call.refuse('it does not say what it scans');
    const carried = call.values.length - scanned;
    const option = (name: string, i: number) => intsOf(node, name)?.[i] ?? 0;
    const series = Array.from({ length: scanned }, (_, i) => {
      const index = carried + i;
      const slices = slicesOf(call, index, call.axis(option('scan_input_axes', i), call.rank(index)));
      return option('scan_input_directions', i) === 1 ? slices.reverse() : slices;
    });
    const outputs = body.value.outputs.length - carried;
    const collected = Array.from({ length: outputs }, (): RunValue[] => []);
    let states = Array.from({ length: carried }, (_, i) => call.value(i).retain());
    const names = body.value.inputs.map(({ name }) => name);
    for (let step = 0; step < (series[0]?.length ?? 0); step++) {
      const inputs = [...states, ...series.map((slices) => slices[step]!)];
      const made = call.runBody(
        body.value,
        inputs.map((value, i) => [names[i]!, value] as const),
      );
      states = made.slice(0, carried);
      for (const [i, value] of made.slice(carried).entries()) collected[i]!.push(value);
    }
    const stacked = collected.map((values, i) => {
      if (option('scan_output_directions', i) === 1) values.reverse();
      return stack(call, values, option('scan_output_axes', i));
    });
    return [...states, ...stacked];
  },
};

/** The slices of an input along an axis, which they do not keep. */
function slicesOf(call: Call, index: number, axis: number): RunValue[] {
  const value = call.value(index);
  if (value.dtype === 'float32') return call.tf.unstack(call.device(index), axis).map(RunValue.device);
  const dims = value.dims.filter((_, i) => i !== axis);
  const all = stridesOf(value.dims);
  const strides = all.filter((_, i) => i !== axis);
  return Array.from({ length: value.dims[axis]! }, (_, step) =>
    RunValue.host(copyView(value.host(), { dims, strides, offset: step * all[axis]! })),
  );
}

function stack(call: Call, values: readonly RunValue[], said: number): Result {
  const [first] = values;
  if (!first) return call.refuse('it runs over no step');
  const axis = call.axis(said, first.dims.length + 1);
  const joined: Result =
    first.dtype === 'float32'
      ? call.tf.stack(
          values.map((value) => value.device(call.tf)),
          axis,
        )
      : concat(
          values.map((value) => ({ ...value.host(), dims: value.dims.toSpliced(axis, 0, 1) })),
          axis,
        );
  for (const value of values) value.release();
  return joined;
}
