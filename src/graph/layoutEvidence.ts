import { Refusal } from '../refusal.ts';
import { intOf, intsOf } from './attributes.ts';
import type { Graph, GraphNode } from './graph.ts';
import type { InputLayout } from './inputLayout.ts';
import { MASK_INSIDE_SCOPE } from './masking/writer.ts';
import { positiveAxis } from './positiveAxis.ts';
import { type Role, type Track, timeAxis } from './receptive/track.ts';
import { type Tracked, trackTensors } from './receptive/trackTensors.ts';
import type { Shapes } from './shapes.ts';

const ROLES: Readonly<Record<string, Role>> = { N: 'batch', F: 'feature', T: 'time', '1': 'other' };

/** The role of each axis of an input. */
export function rolesOf(layout: InputLayout): Role[] {
  return [...layout].map((axis) => ROLES[axis]!);
}

/**
 * The layout under which the model treats time as time: windows slide along it, recurrent layers run over it,
 * and features are mixed as channels; and how the tensors lie under it, where that was looked at.
 * @throws Refusal `layout-ambiguous` where two fit equally well.
 */
export function inferLayout(
  graph: Graph,
  shapes: Shapes,
  input: { readonly name: string; readonly dims: readonly number[] },
  candidates: readonly InputLayout[],
): { readonly layout: InputLayout; readonly tracked?: Tracked } {
  const sizeOf = (layout: InputLayout, axis: string) => input.dims[layout.indexOf(axis)]!;
  // Of one feature the data is the same either way; then the longer axis is time.
  if (input.dims.slice(1).filter((dim) => dim !== 1).length <= 1) {
    return { layout: candidates.reduce((a, b) => (sizeOf(b, 'T') > sizeOf(a, 'T') ? b : a)) };
  }
  const featureAxis = axisOfMaskInside(graph);
  const told = candidates.find((layout) => layout.indexOf('F') === featureAxis);
  if (told) return { layout: told };
  const scored = candidates
    .map((layout) => {
      const tracked = trackTensors(graph, shapes, {
        name: input.name,
        roles: rolesOf(layout),
        steps: sizeOf(layout, 'T'),
        features: sizeOf(layout, 'F'),
      });
      return { layout, tracked, score: evidence(graph, tracked.tracks, shapes) };
    })
    .sort((a, b) => b.score - a.score);
  const [best, second] = scored;
  if (second !== undefined && best!.score === second.score) {
    throw new Refusal(
      'layout-ambiguous',
      `The model does not show which axis of its input [${['N', ...input.dims.slice(1)].join(', ')}] is time; ` +
        `set "input" in attribution.json to ${candidates.join(' or ')}.`,
    );
  }
  return best!;
}

/** A model that computes its mask compares every feature with a value of its own. */
function axisOfMaskInside({ nodes, constants }: Graph): number | undefined {
  const compared = nodes.find(({ op, name }) => op === 'Equal' && name.startsWith(`${MASK_INSIDE_SCOPE}/`));
  return constants.get(compared?.inputs[1] ?? '')?.dims.findIndex((dim) => dim > 1);
}

function evidence(graph: Graph, tracks: ReadonlyMap<string, Track>, shapes: Shapes): number {
  let score = 0;
  for (const node of graph.nodes) {
    const track = tracks.get(node.inputs[0] ?? '');
    if (track?.field) score += evidenceOf(node, track, shapes);
  }
  return score;
}

function evidenceOf(node: GraphNode, track: Track, shapes: Shapes): number {
  const time = timeAxis(track);
  switch (node.op) {
    case 'Conv':
    case 'MaxPool':
    case 'AveragePool': {
      if (time === 1) return node.op === 'Conv' ? -3 : -1;
      const kernel = intsOf(node, 'kernel_shape') ?? shapes.dims(node.inputs[1] ?? '')?.slice(2) ?? [];
      const output = shapes.dims(node.outputs[0]!) ?? [];
      // Along features a kernel takes all of them at once; along time it slides.
      const slides = (axis: number) => axis >= 2 && kernel[axis - 2]! > 1 && output[axis]! > 1;
      const takesAll = (axis: number) => axis >= 2 && kernel[axis - 2]! > 1 && output[axis] === 1;
      const feature = track.roles.indexOf('feature');
      return (
        (slides(time) ? 2 : 0) -
        (takesAll(time) ? 1 : 0) -
        (slides(feature) ? 1 : 0) +
        (takesAll(feature) || feature === 1 ? 1 : 0)
      );
    }
    case 'LSTM':
    case 'GRU':
    case 'RNN':
      return time === (intOf(node, 'layout') === 1 ? 1 : 0) ? 2 : -2;
    // Cut into pieces, and standardised over, is time.
    case 'Gather':
      return (shapes.dims(node.inputs[1] ?? '')?.length ?? 0) !== 2
        ? 0
        : gatheredAxis(node, track) === time
          ? 2
          : -2;
    case 'MatMul':
      return time === track.roles.length - 1 ? -1 : 1;
    default:
      return 0;
  }
}

function gatheredAxis(node: GraphNode, { roles }: Track): number {
  const axis = intOf(node, 'axis') ?? 0;
  return positiveAxis(axis, roles.length);
}
