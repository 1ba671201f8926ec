import { GraphBuilder } from '../graph/builder.ts';
import { anyOutput } from '../graph/cutGraph.ts';
import type { Graph } from '../graph/graph.ts';
import { liveNodes } from '../graph/liveNodes.ts';
import { renamedNode } from '../graph/renamed.ts';
import { ChangingSteps, type FromTo } from './changingSteps.ts';
import { addStage } from './windowLayers.ts';
import { windowPlan } from './windowPlan.ts';
import { type CutModel, carriedOf, marginOf, type Timed, type WindowPlan } from './windowStages.ts';

/** Whether windows hold one feature each, and how many steps they have. */
interface WindowShape {
  readonly width: number;
  readonly oneRow: boolean;
}

/** The model up to its last stage, on all steps with a margin: `attribution_whole_0`, …, as `wholes` lists them. */
export function wholeGraph(model: CutModel, shape: WindowShape): Graph {
  const builder = new GraphBuilder(model.graph);
  const plan = planned(model, shape);
  return builder.build(
    wholes(model, plan).map(({ name, time }, i) => {
      const margin = model.shapes.dims(name)!.map((_, axis) => (axis === time ? marginOf(plan) : 0));
      return anyOutput(builder.rename(builder.pad(name, [...margin, ...margin]), `attribution_whole_${i}`));
    }),
  );
}

/** Tensors of which the one series' values are read beside what changes. */
function wholes(model: CutModel, plan: WindowPlan): Timed[] {
  const live = liveNodes(model.graph.nodes, [model.logits]);
  const timed = [...plan.stages.flatMap(({ inputs }) => inputs), ...carriedOf(plan.stages, live)];
  return [...new Map([...timed, ...(plan.rows?.outputs ?? [])].map((one) => [one.name, one])).values()];
}

/**
 * The answers to N series that differ from one in some steps only: each stage runs on the part of its steps that rest
 * on those.
 *
 * Inputs: the model's own, on the steps of the window alone; `attribution_whole_0`, … [1, …] of the one series;
 * `attribution_steps` int64 [2 + 6 stages]: from and to of the window, then of each stage what changes behind it, what
 * it is run on, and the former counted in the latter; with rows of one feature `attribution_row` [N, 1, steps the first
 * stage is run on] in the input's layout, `attribution_is_row` bool [N, F].
 * Output: `attribution_logits` [N, C].
 */
export function windowGraph(model: CutModel, shape: WindowShape): Graph {
  const plan = planned(model, shape);
  const { graph, input, shapes } = model;
  const time = input.layout.indexOf('T');
  const builder = new GraphBuilder(withFreeSteps(model, time));
  const whole = { values: wholeInputs(builder, model, plan), margin: marginOf(plan) };
  const all = builder.input({
    name: 'attribution_steps',
    dtype: 'int64',
    dims: [2 + 6 * plan.stages.length],
  });
  const pair = (i: number): FromTo => [
    builder.slice(all, [0], [i], [i + 1]),
    builder.slice(all, [0], [i + 1], [i + 2]),
  ];
  const count = builder.slice(builder.shapeOf(input.name), [0], [0], [1]);
  const series = new ChangingSteps(builder, shapes, whole, count);
  series.change(input.name, input.name, pair(0));
  for (const [k, stage] of plan.stages.entries()) {
    const steps = { behind: pair(2 + 6 * k), crop: pair(4 + 6 * k), inside: pair(6 + 6 * k) };
    addStage({ builder, model, series }, stage, steps, k === 0 ? plan.rows : undefined);
  }
  const end: FromTo = [builder.ints([0]), builder.ints([shapes.dims(input.name)![time]!])];
  const carried = carriedOf(plan.stages, liveNodes(graph.nodes, [model.logits]));
  const instead = new Map(carried.map((one) => [one.name, series.around(one, end)]));
  return behindStages(model, plan, builder.build([...instead.values()].map(anyOutput)), instead);
}

/** The model's graph, its input of any number of steps. */
function withFreeSteps({ graph, input }: CutModel, time: number): Graph {
  const free = (dims: Graph['inputs'][number]['dims']) =>
    dims.map((dim, axis) => (axis === time ? null : dim));
  const inputs = graph.inputs.map((one) =>
    one.name === input.name ? { ...one, dims: free(one.dims) } : one,
  );
  return { ...graph, inputs };
}

/** `attribution_whole_0`, … by the tensor that each holds. */
function wholeInputs(builder: GraphBuilder, model: CutModel, plan: WindowPlan): ReadonlyMap<string, string> {
  const margin = marginOf(plan);
  return new Map(
    wholes(model, plan).map(({ name, time }, i) => {
      const dims = model.shapes
        .dims(name)!
        .map((dim, at) => (at === 0 ? 1 : at === time ? dim + 2 * margin : dim));
      return [name, builder.input({ name: `attribution_whole_${i}`, dtype: 'float32', dims })];
    }),
  );
}

/** What follows the stages reads what they give on all steps. */
function behindStages(
  { graph, logits }: CutModel,
  plan: WindowPlan,
  upTo: Graph,
  instead: ReadonlyMap<string, string>,
): Graph {
  const known = new Set([...plan.stages.flatMap(({ nodes }) => nodes), ...upTo.nodes]);
  const rest = liveNodes(graph.nodes, [logits])
    .filter((node) => !known.has(node))
    .map((node) => renamedNode(node, (name) => instead.get(name) ?? name));
  const cut = new GraphBuilder({
    ...upTo,
    nodes: [...upTo.nodes, ...rest],
    constants: new Map([...graph.constants, ...upTo.constants]),
  });
  return cut.build([anyOutput(cut.rename(logits, 'attribution_logits'))]);
}

function planned(model: CutModel, { width, oneRow }: WindowShape): WindowPlan {
  const plan = windowPlan(model, width, oneRow);
  if (plan === undefined) throw new Error(`no part is worth it for windows of ${width} steps`);
  return plan;
}
