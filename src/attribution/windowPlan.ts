import { constantValues } from '../graph/constantValue.ts';
import type { GraphNode } from '../graph/graph.ts';
import { liveNodes } from '../graph/liveNodes.ts';
import { type LocalNodes, type LocalTensor, localFrom, localNodes } from '../graph/localPrefix.ts';
import type { Tensor } from '../graph/tensor.ts';
import { namesRead } from '../graph/topology.ts';
import { rowPlan } from './windowRows.ts';
import {
  type CutModel,
  carriedOf,
  type Reach,
  regionsOf,
  type Timed,
  type WindowPlan,
  type WindowStage,
} from './windowStages.ts';
import { COPIED, sizeOf, workOf } from './windowWork.ts';

/** A plan has to spare more than this share of the work. */
const WORTHWHILE = 0.15;
/** Ends of stages that are tried. */
const MOST_ENDS = 16;
/** Places of the window for which the work is counted, as shares of the series. */
const PLACES = [0, 0.25, 0.5, 0.75, 1];

const known = new WeakMap<CutModel, Map<string, WindowPlan | undefined>>();

/**
 * The stages that take the least work for windows of `width` steps; undefined where none is worth it, or possible.
 * @param oneRow whether each window holds one feature
 */
export function windowPlan(model: CutModel, width: number, oneRow: boolean): WindowPlan | undefined {
  const plans = known.get(model) ?? new Map<string, WindowPlan | undefined>();
  known.set(model, plans);
  const key = `${width} ${oneRow}`;
  if (!plans.has(key)) plans.set(key, cheapest(model, width, oneRow));
  return plans.get(key);
}

function cheapest(model: CutModel, width: number, oneRow: boolean): WindowPlan | undefined {
  const { graph, input, logits, shapes } = model;
  if (input.batch !== null || input.dtype !== 'float32' || graph.opset < 10) return undefined;
  const time = input.layout.indexOf('T');
  const all = liveNodes(graph.nodes, [logits]);
  const local = localNodes(graph, { name: input.name, time }, logits, shapes);
  const constants = constantValues(graph);
  const ends = endsOf(local, 2 * shapes.dims(input.name)![time]!);
  const reachOf = ({ outputs }: GraphNode) => {
    const reach = local.tensors.get(outputs[0]!);
    return reach ? spanOf(reach) : Infinity;
  };
  const lastRead = new Map<string, number>();
  for (const node of all)
    for (const name of namesRead(node)) lastRead.set(name, Math.max(lastRead.get(name) ?? 0, reachOf(node)));
  // best[j]: the stages up to the j-th end that take the least work.
  const best: ((WindowPlan & { readonly work: number }) | undefined)[] = [{ stages: [], work: 0 }];
  const most = workOf(all, shapes) * (1 - WORTHWHILE);
  let least = most;
  let found: WindowPlan | undefined;
  for (let j = 1; j <= ends.length; j++) {
    for (let i = 0; i < j; i++) {
      const before = best[i];
      const stage =
        before && stageOf(model, { ...local, constants, lastRead }, ends[i - 1] ?? -1, ends[j - 1]!);
      if (!stage) continue;
      const rows = i === 0 && oneRow ? rowPlan(model, stage, local.tensors) : before.rows;
      const spared = i === 0 && rows ? rows.spared * shareOf(model, stage, width) : 0;
      const work = before.work + stageWork(model, stage, width) - spared;
      if (work < (best[j]?.work ?? Infinity)) best[j] = { stages: [...before.stages, stage], rows, work };
    }
    const here = best[j];
    if (!here) continue;
    const whole = carriedOf(here.stages, all).reduce((sum, { name }) => sum + sizeOf(name, shapes), 0);
    const inStages = new Set(here.stages.flatMap(({ nodes }) => nodes));
    const rest = all.filter((node) => !inStages.has(node));
    const work = here.work + whole * COPIED + workOf(rest, shapes);
    if (work < least) [least, found] = [work, here];
  }
  return found;
}

interface Followed extends LocalNodes {
  readonly constants: ReadonlyMap<string, Tensor>;
  /** The largest reach of the nodes that read a tensor; infinite where one is not local. */
  readonly lastRead: ReadonlyMap<string, number>;
}

/** Reaches below `most` at which a stage may end, ascending. */
function endsOf({ nodes, tensors }: LocalNodes, most: number): number[] {
  const all = new Set(nodes.map(({ outputs }) => spanOf(tensors.get(outputs[0]!)!)));
  const reaches = [...all].filter((reach) => reach < most).sort((a, b) => a - b);
  const every = Math.ceil(reaches.length / MOST_ENDS);
  return reaches.filter((_, i) => (reaches.length - 1 - i) % every === 0);
}

function stageOf(
  { graph, shapes }: CutModel,
  { nodes, tensors, constants, lastRead }: Followed,
  from: number,
  to: number,
): WindowStage | undefined {
  const reach = ({ outputs }: GraphNode) => spanOf(tensors.get(outputs[0]!)!);
  const own = nodes.filter((node) => reach(node) > from && reach(node) <= to);
  const made = new Set(own.map(({ outputs }) => outputs[0]!));
  const timed = (name: string): Timed => ({ name, time: tensors.get(name)!.time });
  const read = new Set(own.flatMap(namesRead));
  const inputs = [...tensors.keys()].filter((name) => read.has(name) && !made.has(name)).map(timed);
  const outputs = [...made].filter((name) => (lastRead.get(name) ?? 0) > to).map(timed);
  if (inputs.length === 0 || outputs.length === 0) return undefined;
  const inside = localFrom(graph, own, inputs, shapes, constants);
  if (inside.nodes.length < own.length) return undefined;
  const whole = outputs.map(({ name }) => tensors.get(name)!);
  const here = outputs.map(({ name }) => inside.tensors.get(name)!);
  return {
    ...{ nodes: own, inputs, outputs },
    ...{ before: most(whole, 'before'), after: most(whole, 'after') },
    reads: { before: most(here, 'before'), after: most(here, 'after') },
    reaching: reaching(),
  };

  function reaching(): Map<GraphNode, Reach> | undefined {
    const found = new Map<GraphNode, Reach>();
    for (const node of own) {
      const from = node.inputs.filter((name) => tensors.has(name)).map(timed);
      const alone = localFrom(graph, [node], from, shapes, constants).tensors.get(node.outputs[0]!)!;
      if (spanOf(alone) === 0) continue;
      if (!inputs.some(({ name }) => name === node.inputs[0])) return undefined;
      found.set(node, alone);
    }
    return found;
  }

  function most(of: readonly LocalTensor[], side: 'before' | 'after'): number {
    return of.reduce((largest, one) => Math.max(largest, one[side]), 0);
  }
}

function stageWork(model: CutModel, stage: WindowStage, width: number): number {
  const { nodes, inputs } = stage;
  const copied = inputs.reduce((sum, { name }) => sum + sizeOf(name, model.shapes), 0) * COPIED;
  return (workOf(nodes, model.shapes) + copied) * shareOf(model, stage, width);
}

/** Of all steps, those a stage is run on. */
function shareOf({ input, shapes }: CutModel, stage: WindowStage, width: number): number {
  const steps = shapes.dims(input.name)![input.layout.indexOf('T')]!;
  const lengths = PLACES.map((place) => {
    const from = Math.round(place * Math.max(0, steps - width));
    const { changed, crop } = regionsOf(stage, [from, Math.min(steps, from + width)], steps);
    const [begin, end] = stage.reaching ? changed : crop;
    return (end - begin) / steps;
  });
  return lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
}

function spanOf({ before, after }: LocalTensor): number {
  return before + after;
}
