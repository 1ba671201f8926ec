import { constantValues } from '../constantValue.ts';
import type { Graph } from '../graph.ts';
import { MASK_INSIDE_SCOPE } from '../masking/writer.ts';
import type { Shapes } from '../shapes.ts';
import { namesRead } from '../topology.ts';
import { elementwise, ONE_VALUE } from './combine.ts';
import { cutFrom } from './cut.ts';
import { partsFit } from './factors.ts';
import { inputField } from './field.ts';
import { everywhere, mixing, sameShape } from './mixing.ts';
import { placeTaken, stateTaken } from './placeTaken.ts';
import { reshapes } from './reshape.ts';
import { resizing } from './resize.ts';
import { rowsOf } from './rows.ts';
import { scattering } from './scatter.ts';
import { selections } from './select.ts';
import {
  hidesTime,
  lost,
  type Role,
  type Track,
  type TrackRules,
  timeAxis,
  type Visit,
  withoutTime,
} from './track.ts';
import { windows } from './windows.ts';

const RULES: TrackRules = {
  ...elementwise,
  ...windows,
  ...reshapes,
  ...selections,
  ...mixing,
  ...resizing,
  ...scattering,
};

/** Operators behind which it is still known which steps each position reads. */
export const trackedOperators: readonly string[] = Object.keys(RULES).sort();

/** What these read beside their first input (bounds, weights, lengths, states) has no part in their rule. */
export const PARAMETRISED: ReadonlySet<string> = new Set([
  ...ONE_VALUE.filter((op) => op !== 'CastLike'),
  ...Object.keys(sameShape),
  ...['Conv', 'ConvInteger', 'ConvTranspose', 'LSTM', 'GRU', 'RNN'],
]);

/** Values change, but none moves: what was merged can still be taken apart. */
export const KEEPS_PLACES: ReadonlySet<string> = new Set([
  ...Object.keys(elementwise),
  ...Object.keys(sameShape).filter((op) => op !== 'CumSum'),
  ...['Reshape', 'Flatten'],
]);

/** Axes are moved, or one is mixed: what the others were merged from is still known. */
const KEEPS_PARTS: ReadonlySet<string> = new Set(['Transpose', 'Squeeze', 'Unsqueeze', 'MatMul', 'Gemm']);

/** How every tensor lies over the input, and the operators nothing is known about. */
export interface Tracked {
  readonly tracks: ReadonlyMap<string, Track>;
  readonly unknown: ReadonlySet<string>;
}

/**
 * How every tensor lies over the input: what its axes are and which input steps each position along time reads.
 * Behind an operator nothing is known about, positions can no longer be told; those operators are named.
 * @param roles of the input's axes.
 */
export function trackTensors(
  graph: Graph,
  shapes: Shapes,
  input: {
    readonly name: string;
    readonly roles: readonly Role[];
    readonly steps: number;
    readonly features: number;
  },
): Tracked {
  const tracks = new Map<string, Track>([
    [input.name, { roles: input.roles, field: inputField(input.steps) }],
  ]);
  const unknown = new Set<string>();
  const constants = constantValues(graph);
  for (const node of graph.nodes) {
    // It tells steps from padding and carries nothing of them.
    if (node.name.startsWith(`${MASK_INSIDE_SCOPE}/`)) continue;
    const inputs = node.inputs.map((name) => tracks.get(name));
    // What an If or Loop reads from inside its own graphs counts as well.
    if (!namesRead(node).some((name) => tracks.has(name))) continue;
    const rule = node.domain === '' ? RULES[node.op] : undefined;
    if (rule === undefined) unknown.add(node.op);
    const visit: Visit = {
      ...{ node, opset: graph.opset, tracks: inputs, steps: input.steps, features: input.features },
      dims: (tensor) => shapes.dims(tensor),
      integers: (tensor) => shapes.integers(tensor),
      constant: (tensor) => constants.get(tensor),
    };
    const found = rule?.(visit);
    const rests = namesRead(node).flatMap((name) => tracks.get(name) ?? []);
    const taken = placeTaken(visit);
    node.outputs.forEach((output, i) => {
      if (output === '') return;
      const track = found === undefined ? lost(shapes.dims(output)?.length ?? 0) : found[i];
      if (track === undefined) return;
      const placed = computedBeside(node.op, inputs) ? everywhere(track, input.steps) : track;
      const fitting = consistent(node.op, placed, shapes.dims(output));
      // Where the values decide how many positions there are, a position has no fixed place.
      const loose = shapes.lengths(output).size > 0 && (timeAxis(track) >= 0 || hidesTime(track));
      const { rows: _, ...kept } = loose ? withoutTime(fitting.roles) : fitting;
      const rows = rowsOf(visit, i, kept);
      const own = i === 0 ? taken : stateTaken(node, found?.[0]);
      tracks.set(output, {
        ...kept,
        ...(rows && { rows }),
        ...(kept.field === null && !loose && !hidesTime(kept) && cutFrom(own ? [own] : rests, input.steps)),
      });
    });
  }
  return { tracks, unknown };
}

/** Whether a parameter rests on the input too: then every position may read everything. */
function computedBeside(op: string, tracks: readonly (Track | undefined)[]): boolean {
  return (
    PARAMETRISED.has(op) && tracks[0] !== undefined && tracks.slice(1).some((track) => track !== undefined)
  );
}

/** Guards against a rule gone wrong: what does not fit the shape seen in the probe run is not told. */
function consistent(op: string, track: Track, dims: readonly number[] | undefined): Track {
  const time = track.roles.indexOf('time');
  const fits = dims !== undefined && dims.length === track.roles.length;
  const lengthFits = time < 0 ? track.field === null : track.field?.from.length === dims?.[time];
  if (!fits || !lengthFits) return lost(dims?.length ?? 0);
  const kept =
    KEEPS_PLACES.has(op) || (['MatMul', 'Gemm'].includes(op) && track.roles.includes('batch×time'));
  const { before, merged, ...rest } = track;
  const told = merged && (kept || KEEPS_PARTS.has(op)) && partsFit(merged, dims);
  return { ...rest, ...(before && kept && { before }), ...(told && { merged }) };
}
