import { int, ints } from '../../attributes.ts';
import { GraphBuilder } from '../../builder.ts';
import { Step } from '../step.ts';

/** What is done at one step: from the states [N, H] and the step's inputs [N, …] to the new states and its outputs. */
type Body = (
  step: Step,
  states: readonly string[],
  inputs: readonly string[],
) => { readonly states: readonly string[]; readonly outputs: readonly string[] };

/**
 * Appends a recurrence over the first axis of `inputs` as one ONNX Scan, whatever the number of steps. Written out node
 * by node, an LSTM of 313 steps and two directions takes ONNX Runtime ten seconds to load; as a Scan a few
 * milliseconds.
 * @param states before the first step, [N, H]
 * @param inputs [T, N, …]
 * @param reverse from the last step to the first; outputs stay in the order of time
 * @returns the last states [N, H] and the outputs [T, N, …]
 */
export function recurrence(
  step: Step,
  {
    states,
    inputs,
    reverse,
  }: { readonly states: readonly string[]; readonly inputs: readonly string[]; readonly reverse: boolean },
  body: Body,
): { readonly states: readonly string[]; readonly outputs: readonly string[] } {
  const { builder } = step;
  const { opset, irVersion, producer } = builder.base;
  const prefix = builder.unique('recurrence');
  const empty = { opset, irVersion, producer, nodes: [], constants: new Map(), inputs: [], outputs: [] };
  const inner = new GraphBuilder(empty, prefix);
  const declared = (name: string) => ({ name, dtype: 'float32', dims: [null, null] }) as const;
  const enter = (names: readonly string[], hint: string) =>
    names.map((_, i) => inner.input(declared(`${prefix}/${hint}${i}`)));
  const made = body(
    new Step(inner, step.shapes, step.node, []),
    enter(states, 'state'),
    enter(inputs, 'input'),
  );
  const leaving = [...made.states, ...made.outputs].map((name, i) =>
    inner.rename(name, `${prefix}/output${i}`),
  );
  const directions = (count: number) => ints(new Array<number>(count).fill(reverse ? 1 : 0));
  const outputs = builder.addMany('Scan', [...states, ...inputs], leaving.length, {
    body: { kind: 'graph', value: inner.build(leaving.map(declared)) },
    num_scan_inputs: int(inputs.length),
    scan_input_directions: directions(inputs.length),
    scan_output_directions: directions(made.outputs.length),
  });
  return { states: outputs.slice(0, states.length), outputs: outputs.slice(states.length) };
}
