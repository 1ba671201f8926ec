import { constantValues } from './constantValue.ts';
import type { Graph } from './graph.ts';
import type { InputLayout } from './inputLayout.ts';
import { type LayoutDoubt, layoutDoubt } from './layoutDoubt.ts';
import { LayoutQuestion, waysOf } from './layoutQuestion.ts';
import { MASK_INSIDE_SCOPE } from './masking/writer.ts';
import type { Role } from './receptive/track.ts';
import { type Tracked, trackTensors } from './receptive/trackTensors.ts';
import { sequenceSigns } from './sequenceSigns.ts';
import type { Shapes } from './shapes.ts';

const ROLES: Readonly<Record<string, Role>> = { N: 'batch', F: 'feature', T: 'time', '1': 'other' };

/** The role of each axis of an input. */
export function rolesOf(layout: InputLayout): Role[] {
  return [...layout].map((axis) => ROLES[axis]!);
}

/**
 * The layout under which the model treats time as time, and how the tensors lie under it, where that was looked at.
 * @throws Refusal `layout-ambiguous` where nothing that only an order can mean is done along one axis more than along the other.
 */
export function layoutOf(
  graph: Graph,
  shapes: Shapes,
  input: { readonly name: string; readonly dims: readonly number[] },
  candidates: readonly InputLayout[],
): { readonly layout: InputLayout; readonly tracked?: Tracked; readonly doubt?: LayoutDoubt } {
  if (candidates.length === 1) return { layout: candidates[0]! };
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
      const [steps, features] = [sizeOf(layout, 'T'), sizeOf(layout, 'F')];
      const lies = { name: input.name, roles: rolesOf(layout), steps, features };
      const tracked = trackTensors(graph, shapes, lies);
      const signs = signsAlong(graph, tracked.tracks, shapes, steps);
      return { layout, tracked, signs, score: signs.time - signs.features };
    })
    .sort((a, b) => b.score - a.score);
  const [best, second] = scored;
  if (second === undefined || (best!.signs.time > 0 && best!.score > second.score)) {
    const { layout, tracked, signs } = best!;
    return { layout, tracked, doubt: layoutDoubt(waysOf(input.dims, candidates), layout, signs) };
  }
  throw new LayoutQuestion(
    input.dims,
    [...candidates].sort((a, b) => sizeOf(b, 'T') - sizeOf(a, 'T')),
  );
}

/** @param steps of the input */
export function signsAlong(
  graph: Graph,
  tracks: Tracked['tracks'],
  shapes: Shapes,
  steps: number,
): ReturnType<typeof sequenceSigns> {
  return sequenceSigns(graph, tracks, { shapes, constants: constantValues(graph), steps });
}

/** A model that computes its mask compares every feature with a value of its own. */
function axisOfMaskInside({ nodes, constants }: Graph): number | undefined {
  const compared = nodes.find(({ op, name }) => op === 'Equal' && name.startsWith(`${MASK_INSIDE_SCOPE}/`));
  return constants.get(compared?.inputs[1] ?? '')?.dims.findIndex((dim) => dim > 1);
}
