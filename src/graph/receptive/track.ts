import { intsOf } from '../attributes.ts';
import type { GraphNode } from '../graph.ts';
import type { Tensor } from '../tensor.ts';
import type { Field } from './field.ts';

/**
 * What an axis of a tensor stands for. `other`: a singleton, or a mixture nothing can be said about. The merged ones are
 * instances × features (models that treat every feature by itself), instances × channels (heads of attention) and instances × time (a dense layer
 * step by step, as TensorFlow writes it);
 * `copies` are what Tile makes of a singleton.
 */
export type Role =
  | 'batch'
  | 'feature'
  | 'time'
  | 'channel'
  | 'other'
  | 'batch×feature'
  | 'batch×channel'
  | 'batch×time'
  | 'copies';

/** A part of an axis: so many places that stand for one thing. */
export interface AxisPart {
  readonly role: Role;
  readonly size: number;
}

/** What the axes of a tensor were merged from, outermost part first. */
export interface MergedAxes {
  /** One list per axis; empty for a singleton. */
  readonly factors: readonly (readonly AxisPart[])[];
  /** Of the time that lies in one of them; null where it is an axis of its own, or gone. */
  readonly field: Field | null;
}

/** How a tensor that rests on the input lies over it. */
export interface Track {
  /** One per axis. */
  readonly roles: readonly Role[];
  /** Present exactly where one axis is `time`. Without it every value of the tensor may read every step. */
  readonly field: Field | null;
  /** Where time was merged with channels, the tensor as it was before: a Reshape back finds it again. */
  readonly before?: {
    readonly roles: readonly Role[];
    readonly dims: readonly number[];
    readonly field: Field;
  };
  /** Where axes were merged with others than channels (heads of attention beside instances, steps × instances). */
  readonly merged?: MergedAxes;
  /** Which feature each row of the `feature` axis is, -1 for none; absent where they are the features in their order. */
  readonly rows?: readonly number[];
  /** Without a time axis: of what part of one it was made; absent where that is not known. */
  readonly cut?: Cut;
}

/** What a tensor rests on that was cut out of a time axis, as the state of a recurrence that is written out. */
export interface Cut {
  /** Steps at which the positions stand that it was cut from, the first and the last. */
  readonly first: number;
  readonly last: number;
  /** Steps that these read, `to` exclusive. */
  readonly from: number;
  readonly to: number;
}

/** Whether the steps lie merged in an axis with something else. */
export function hidesTime({ before, merged }: Track): boolean {
  return before !== undefined || (merged !== undefined && merged.field !== null);
}

/** One node, with what is known about its inputs. */
export interface Visit {
  readonly node: GraphNode;
  readonly opset: number;
  /** Per input; undefined for weights and for what only rests on shapes. */
  readonly tracks: readonly (Track | undefined)[];
  /** Steps of the model's input. */
  readonly steps: number;
  /** Features of the model's input. */
  readonly features: number;
  dims(tensor: string): readonly number[] | undefined;
  integers(tensor: string): readonly number[] | undefined;
  /** A value written in the file. */
  constant(tensor: string): Tensor | undefined;
}

/** Track of each output; undefined where the output does not rest on the input's values. */
export type TrackRule = (visit: Visit) => readonly (Track | undefined)[];
/** By operator of ONNX. */
export type TrackRules = Readonly<Record<string, TrackRule>>;

/** -1 where no axis is time any more. */
export function timeAxis(track: Track): number {
  return track.roles.indexOf('time');
}

/** For a tensor whose positions can no longer be told: it may read everything and has no time axis. */
export function lost(rank: number): Track {
  return { roles: Array.from({ length: rank }, (_, axis) => (axis === 0 ? 'batch' : 'other')), field: null };
}

/** The track with time taken away from `axis` (it was summed, mixed or flattened). */
export function withoutTime(roles: readonly Role[]): Track {
  return { roles: roles.map((role) => (role === 'time' ? 'other' : role)), field: null };
}

/** [] where the shape is unknown. */
export function dimsOf(visit: Visit, tensor: string | undefined): readonly number[] {
  return (tensor ? visit.dims(tensor) : undefined) ?? [];
}

/** [] where the shape is unknown. */
export function inputDims(visit: Visit, index: number): readonly number[] {
  return dimsOf(visit, visit.node.inputs[index]);
}

/** Of the first output; [] where the shape is unknown. */
export function outputDims(visit: Visit): readonly number[] {
  return dimsOf(visit, visit.node.outputs[0]);
}

/**
 * Values an operator takes as attribute in old opsets and as input in new ones; undefined where it has neither,
 * `computed` where they rest on values that go in.
 */
export function integersOf(
  visit: Visit,
  attribute: string | null,
  input: number,
): readonly number[] | 'computed' | undefined {
  const written = attribute === null ? undefined : intsOf(visit.node, attribute);
  const name = visit.node.inputs[input];
  return written ?? (name ? (visit.integers(name) ?? 'computed') : undefined);
}
