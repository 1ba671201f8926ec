import { GraphBuilder } from '../graph/builder.ts';
import { anyOutput, cutGraph } from '../graph/cutGraph.ts';
import type { Graph } from '../graph/graph.ts';
import type { MapModel } from './mapGraph.ts';
import type { ModelInput } from './modelFeed.ts';
import { type WindowPlan, windowPlan } from './windowPlan.ts';

type CutModel = MapModel & { readonly input: ModelInput };

/** The model up to the cut, on all steps: `attribution_whole_0`, …, as the plan's frontier has them. */
export function wholeGraph(model: CutModel, width: number): Graph {
  const builder = new GraphBuilder(model.graph);
  const { frontier } = planned(model, width);
  return builder.build(
    frontier.map(({ name }, i) => anyOutput(builder.rename(name, `attribution_whole_${i}`))),
  );
}

/**
 * The answers to N series that differ from one in some steps only: what lies before the cut runs on a part of them.
 *
 * Inputs: the model's own, on the steps of the part; `attribution_whole_0`, … [1, …] of the one series;
 * `attribution_changed` int64 [2], the steps (from, to) of the frontier that may change; `attribution_part` int64 [2],
 * the same counted in the part.
 * Output: `attribution_logits` [N, C].
 */
export function windowGraph(model: CutModel, width: number): Graph {
  const { graph, input, logits, shapes } = model;
  const { nodes, frontier } = planned(model, width);
  const time = input.layout.indexOf('T');
  const inputs = graph.inputs.map((one) =>
    one.name === input.name
      ? { ...one, dims: one.dims.map((dim, axis) => (axis === time ? null : dim)) }
      : one,
  );
  const builder = cutGraph({ ...graph, inputs }, nodes, (front) => {
    const pair = (name: string) => {
      const both = front.input({ name, dtype: 'int64', dims: [2] });
      return [front.slice(both, [0], [0], [1]), front.slice(both, [0], [1], [2])] as const;
    };
    const [from, to] = pair('attribution_changed');
    const [start, stop] = pair('attribution_part');
    const steps = shapes.dims(input.name)![time]!;
    const instead = new Map<string, string>();
    for (const [i, { name, time: axis }] of frontier.entries()) {
      const dims = shapes.dims(name)!;
      const whole = front.input({
        name: `attribution_whole_${i}`,
        dtype: 'float32',
        dims: [1, ...dims.slice(1)],
      });
      const rows = front.slice(front.shapeOf(name), [0], [0], [1]);
      const shape = front.concat([rows, front.ints(dims.slice(1).map(() => 1))], 0);
      const part = (x: string, begin: string, end: string) =>
        front.add('Slice', [x, begin, end, front.ints([axis])]);
      const still = (begin: string, end: string) => front.add('Expand', [part(whole, begin, end), shape]);
      const parts = [still(front.ints([0]), from), part(name, start, stop), still(to, front.ints([steps]))];
      instead.set(name, front.concat(parts, axis));
    }
    return { instead };
  });
  return builder.build([anyOutput(builder.rename(logits, 'attribution_logits'))]);
}

function planned(model: CutModel, width: number): WindowPlan {
  const plan = windowPlan(model, width);
  if (plan === undefined) throw new Error(`no cut is worth it for windows of ${width} steps`);
  return plan;
}
