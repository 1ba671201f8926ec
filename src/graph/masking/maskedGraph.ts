import { Refusal } from '../../refusal.ts';
import { constantValues } from '../constantValue.ts';
import type { Graph, GraphNode } from '../graph.ts';
import { findModules } from '../modulePaths.ts';
import { notFloats } from '../notFloats.ts';
import type { Track } from '../receptive/track.ts';
import { ownMask, withoutOwnMask } from './maskChannel.ts';
import { maskedNode } from './maskedNode.ts';
import { hasTime, MASK_INPUT, PositionMasks } from './positionMask.ts';
import { refuseStepByStep } from './stepByStep.ts';
import { MaskWriter } from './writer.ts';

export { MASK_INPUT } from './positionMask.ts';

/**
 * The same model with a second input, the padding mask (float32 [N, T], 1 = real): the input and every feature map are
 * multiplied by it, pooling counts real positions only, maxima ignore padding. It is a different model from the given
 * one. Where every convolution is stride 1 'same' and the head pools, it equals truncating the series.
 * A mask that it reads as one more feature is told, too; one that it computes and masks its layers by is told in its place.
 * @param tracks how every tensor lies over the input (trackTensors)
 * @param input `free`: for any number of steps, of which `steps` is one, where the positions of the tensors that are added
 *   to it keep the same rule for all
 * @throws Refusal `cannot-mask` naming the operator through which padding would leak
 */
export function maskedGraph(
  given: Graph,
  tracks: ReadonlyMap<string, Track>,
  input: { readonly name: string; readonly steps: number; readonly free?: Set<string> },
): Graph {
  const own = ownMask(given);
  const told = own.kind === 'layers' && own.from === 'series';
  if (own.kind === 'unknown' || (own.kind === 'layers' && !told)) throw maskedAlready(own);
  const graph = told || own.kind === 'channel' ? withoutOwnMask(given) : given;
  const mask = {
    name: MASK_INPUT,
    dtype: 'float32',
    dims: [graph.inputs[0]?.dims[0] ?? 'batch', input.free ? 'steps' : input.steps],
  } as const;
  const inputs = [...graph.inputs, mask];
  if (told) return { ...graph, inputs };
  const writer = new MaskWriter(graph.constants, constantValues(graph));
  const masks = new PositionMasks(writer, input.steps, input.free, moduleOf(graph));
  const maskedInput = writer.name('input');
  const inputTrack = tracks.get(input.name);
  if (!hasTime(inputTrack))
    throw new Refusal('cannot-mask', 'The model has no time axis that a mask could lie on.');
  if (graph.inputs.some(({ name, dtype }) => name === input.name && dtype === 'float64'))
    throw new Refusal('cannot-mask', 'The model computes in float64; only float32 models are masked.');
  writer.add('Mul', [input.name, masks.like(inputTrack, input.name)], {}, maskedInput);
  refuseStepByStep(graph, tracks, input.steps);
  const conditions = notFloats(graph);
  for (const node of graph.nodes) {
    maskedNode(withInput(node, input.name, maskedInput), {
      writer,
      masks,
      tracks: trackOf(tracks, input.name, maskedInput),
      notFloats: conditions,
      opset: graph.opset,
    });
  }
  return { ...graph, nodes: writer.nodes, constants: writer.constants, inputs };
}

function maskedAlready({
  kind,
  from,
}: {
  readonly kind: 'layers' | 'unknown';
  readonly from: 'input' | 'series';
}) {
  const how =
    from === 'input' ? 'takes its padding mask as an input' : 'computes its padding mask from the series';
  const what = kind === 'layers' ? 'and its layers are masked by it' : 'and what it does with it is its own';
  return new Refusal('cannot-mask', `The model ${how} already, ${what}: use it as it is.`);
}

function moduleOf(graph: Graph): (tensor: string) => string | undefined {
  const { scopes } = findModules(graph);
  const makers = new Map(graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  return (tensor) => {
    const maker = makers.get(tensor);
    return maker && scopes(maker).at(-1);
  };
}

function withInput(node: GraphNode, from: string, to: string): GraphNode {
  return { ...node, inputs: node.inputs.map((name) => (name === from ? to : name)) };
}

function trackOf(tracks: ReadonlyMap<string, Track>, input: string, maskedInput: string) {
  return (tensor: string) => tracks.get(tensor === maskedInput ? input : tensor);
}
