import { ints } from '../graph/attributes.ts';
import { GraphBuilder } from '../graph/builder.ts';
import { anyOutput } from '../graph/cutGraph.ts';
import { windowOf } from '../graph/gradient/window.ts';
import type { Attributes, Graph, GraphNode } from '../graph/graph.ts';
import { liveNodes } from '../graph/liveNodes.ts';
import { renamedNode } from '../graph/renamed.ts';
import { windowPlan } from './windowPlan.ts';
import {
  type CutModel,
  carriedOf,
  marginOf,
  type RowPlan,
  type Timed,
  type WindowPlan,
} from './windowStages.ts';

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
  const { graph, input, logits, shapes } = model;
  const plan = planned(model, shape);
  const margin = marginOf(plan);
  const axis = input.layout.indexOf('T');
  const builder = new GraphBuilder({
    ...graph,
    inputs: graph.inputs.map((one) =>
      one.name === input.name ? { ...one, dims: one.dims.map((dim, i) => (i === axis ? null : dim)) } : one,
    ),
  });
  const whole = new Map(
    wholes(model, plan).map(({ name, time }, i) => {
      const dims = shapes.dims(name)!.map((dim, at) => (at === 0 ? 1 : at === time ? dim + 2 * margin : dim));
      return [name, builder.input({ name: `attribution_whole_${i}`, dtype: 'float32', dims })] as const;
    }),
  );
  const all = builder.input({
    name: 'attribution_steps',
    dtype: 'int64',
    dims: [2 + 6 * plan.stages.length],
  });
  const pair = (i: number): Pair => [
    builder.slice(all, [0], [i], [i + 1]),
    builder.slice(all, [0], [i + 1], [i + 2]),
  ];
  const count = builder.slice(builder.shapeOf(input.name), [0], [0], [1]);
  const part = (x: string, time: number, [from, to]: Pair) =>
    builder.add('Slice', [x, from, to, builder.ints([time])]);
  const moved = (step: string, by: number) =>
    by === 0 ? step : builder.add('Add', [step, builder.ints([by])]);
  const spread = (name: string, time: number, [from, to]: Pair) => {
    const rank = shapes.dims(name)!.length;
    const ones = builder.ints(new Array(rank - 1).fill(1));
    const steps: Pair = [moved(from, margin), moved(to, margin)];
    return builder.add('Expand', [part(whole.get(name)!, time, steps), builder.concat([count, ones], 0)]);
  };
  // What is known to change, and over which steps.
  const changed = new Map([[input.name, { name: input.name, steps: pair(0) }]]);
  const around = ({ name, time }: Timed, [from, to]: Pair) => {
    const own = changed.get(name)!;
    return builder.concat(
      [spread(name, time, [from, own.steps[0]]), own.name, spread(name, time, [own.steps[1], to])],
      time,
    );
  };
  const run = (nodes: readonly GraphNode[], names: Map<string, string>) => {
    for (const { op, inputs, outputs, attributes } of nodes)
      names.set(
        outputs[0]!,
        builder.add(
          op,
          inputs.map((name) => names.get(name) ?? name),
          attributes,
        ),
      );
  };
  for (const [k, stage] of plan.stages.entries()) {
    const [behind, crop, inside] = [pair(2 + 6 * k), pair(4 + 6 * k), pair(6 + 6 * k)];
    const { reaching } = stage;
    const names = new Map(stage.inputs.map((one) => [one.name, around(one, reaching ? behind : crop)]));
    const rows = k === 0 ? plan.rows : undefined;
    if (rows) {
      for (const [name, time, one] of oneFeature(rows, crop))
        names.set(name, reaching ? part(one, time, inside) : one);
    }
    const alone = new Set(rows?.nodes);
    for (const node of stage.nodes) {
      const reach = reaching?.get(node);
      if (alone.has(node)) continue;
      if (!reach) run([node], names);
      else {
        const [of, ...others] = node.inputs;
        const read = stage.inputs.find(({ name }) => name === of)!;
        const wide: Pair = [moved(behind[0], -reach.before), moved(behind[1], reach.after)];
        const made =
          node.op === 'Conv'
            ? builder.add('Conv', [around(read, wide), ...others], unpadded(node, model, read))
            : part(builder.add(node.op, [around(read, crop)], node.attributes), read.time, inside);
        names.set(node.outputs[0]!, made);
      }
    }
    for (const { name, time } of stage.outputs)
      changed.set(name, {
        name: reaching ? names.get(name)! : part(names.get(name)!, time, inside),
        steps: behind,
      });
  }
  const live = liveNodes(graph.nodes, [logits]);
  const end: Pair = [builder.ints([0]), builder.ints([shapes.dims(input.name)![axis]!])];
  const instead = new Map(carriedOf(plan.stages, live).map((one) => [one.name, around(one, end)]));
  const upTo = builder.build([...instead.values()].map(anyOutput));
  const staged = new Set(plan.stages.flatMap(({ nodes }) => nodes));
  const there = new Set(upTo.nodes);
  const rest = live
    .filter((node) => !staged.has(node) && !there.has(node))
    .map((node) => renamedNode(node, (name) => instead.get(name) ?? name));
  const cut = new GraphBuilder({
    ...upTo,
    nodes: [...upTo.nodes, ...rest],
    constants: new Map([...graph.constants, ...upTo.constants]),
  });
  return cut.build([anyOutput(cut.rename(logits, 'attribution_logits'))]);

  /** What is made of one feature, put among that of the others. */
  function oneFeature(rows: RowPlan, crop: Pair) {
    const dims = input.layout.split('').map((letter) => (letter === 'F' ? 1 : null));
    const features = shapes.dims(input.name)![input.layout.indexOf('F')]!;
    const row = builder.input({ name: 'attribution_row', dtype: 'float32', dims });
    const isRow = builder.input({ name: 'attribution_is_row', dtype: 'bool', dims: [null, features] });
    const names = new Map([[input.name, row]]);
    run(rows.nodes, names);
    return rows.outputs.map(({ name, feature, time }) => {
      const rank = shapes.dims(name)!.length;
      const others = Array.from({ length: rank }, (_, i) => i).filter((i) => i !== 0 && i !== feature);
      const at = builder.unsqueeze(isRow, others);
      return [name, time, builder.add('Where', [at, names.get(name)!, spread(name, time, crop)])] as const;
    });
  }
}

type Pair = readonly [string, string];

/** Of a convolution that is given what it would put before and after the steps. */
function unpadded(node: GraphNode, { shapes }: CutModel, { name, time }: Timed): Attributes {
  const [input, output, weights] = [name, node.outputs[0]!, node.inputs[1]!].map((one) =>
    shapes.dims(one)!.slice(2),
  );
  const { padsBegin, padsEnd } = windowOf(node, input!, output!, weights!);
  const kept = (pads: readonly number[]) => pads.map((pad, at) => (at === time - 2 ? 0 : pad));
  const { auto_pad: _, ...others } = node.attributes;
  return { ...others, pads: ints([...kept(padsBegin), ...kept(padsEnd)]) };
}

function planned(model: CutModel, { width, oneRow }: WindowShape): WindowPlan {
  const plan = windowPlan(model, width, oneRow);
  if (plan === undefined) throw new Error(`no part is worth it for windows of ${width} steps`);
  return plan;
}
