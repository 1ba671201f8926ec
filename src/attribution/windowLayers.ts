import { ints } from '../graph/attributes.ts';
import type { GraphBuilder } from '../graph/builder.ts';
import { windowOf } from '../graph/gradient/window.ts';
import type { Attributes, GraphNode } from '../graph/graph.ts';
import type { ChangingSteps, FromTo } from './changingSteps.ts';
import type { CutModel, Reach, RowPlan, Timed, WindowStage } from './windowStages.ts';

/** The graph that is written, of which model, and what has changed in it so far. */
interface Place {
  readonly builder: GraphBuilder;
  readonly model: CutModel;
  readonly series: ChangingSteps;
}

/** What changes behind a stage, what it is run on, and the former counted in the latter. */
interface StageSteps {
  readonly behind: FromTo;
  readonly crop: FromTo;
  readonly inside: FromTo;
}

/** Adds the layers of a stage on the part of their steps that changes, and says what changes behind them. */
export function addStage(place: Place, stage: WindowStage, steps: StageSteps, rows?: RowPlan): void {
  const { builder, series } = place;
  const { behind, crop, inside } = steps;
  const { reaching } = stage;
  const names = new Map(stage.inputs.map((one) => [one.name, series.around(one, reaching ? behind : crop)]));
  if (rows) {
    for (const [name, time, one] of oneFeature(place, rows, crop))
      names.set(name, reaching ? series.part(one, time, inside) : one);
  }
  const alone = new Set(rows?.nodes);
  for (const node of stage.nodes) {
    const reach = reaching?.get(node);
    if (alone.has(node)) continue;
    if (reach) names.set(node.outputs[0]!, addReaching(place, stage, node, reach, steps));
    else run(builder, [node], names);
  }
  for (const { name, time } of stage.outputs) {
    const made = names.get(name)!;
    series.change(name, reaching ? made : series.part(made, time, inside), behind);
  }
}

/** A layer that reads neighbours of what the stage reads: a convolution without its padding, anything else on the crop. */
function addReaching(
  { builder, model, series }: Place,
  stage: WindowStage,
  node: GraphNode,
  { before, after }: Reach,
  { behind, crop, inside }: StageSteps,
): string {
  const [of, ...others] = node.inputs;
  const read = stage.inputs.find(({ name }) => name === of)!;
  if (node.op !== 'Conv')
    return series.part(builder.add(node.op, [series.around(read, crop)], node.attributes), read.time, inside);
  const wide = series.around(read, series.widened(behind, before, after));
  return builder.add('Conv', [wide, ...others], unpadded(node, model, read));
}

/** What is made of one feature, put among that of the others. */
function oneFeature({ builder, model, series }: Place, rows: RowPlan, crop: FromTo) {
  const { input, shapes } = model;
  const dims = input.layout.split('').map((letter) => (letter === 'F' ? 1 : null));
  const features = shapes.dims(input.name)![input.layout.indexOf('F')]!;
  const row = builder.input({ name: 'attribution_row', dtype: 'float32', dims });
  const isRow = builder.input({ name: 'attribution_is_row', dtype: 'bool', dims: [null, features] });
  const names = new Map([[input.name, row]]);
  run(builder, rows.nodes, names);
  return rows.outputs.map((output) => {
    const { name, feature, time } = output;
    const rank = shapes.dims(name)!.length;
    const others = Array.from({ length: rank }, (_, i) => i).filter((i) => i !== 0 && i !== feature);
    const at = builder.unsqueeze(isRow, others);
    const joined = builder.add('Where', [at, names.get(name)!, series.unchanged(output, crop)]);
    return [name, time, joined] as const;
  });
}

/** Adds nodes as they are; `names` says what stands for what they read, and gets what they give. */
function run(builder: GraphBuilder, nodes: readonly GraphNode[], names: Map<string, string>): void {
  for (const { op, inputs, outputs, attributes } of nodes) {
    const read = inputs.map((name) => names.get(name) ?? name);
    names.set(outputs[0]!, builder.add(op, read, attributes));
  }
}

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
