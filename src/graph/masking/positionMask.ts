import { int, ints } from '../attributes.ts';
import type { Field } from '../receptive/field.ts';
import { standing } from '../receptive/standing.ts';
import { type Role, type Track, timeAxis } from '../receptive/track.ts';
import { float32, int64 } from '../tensor.ts';
import { lengthOf, type NodeWriter, nearest, places } from './freeLength.ts';
import { merged } from './leak.ts';

/** Name of the mask input: float32 [N, T], 1 on real steps. */
export const MASK_INPUT = 'attribution_padding_mask';

/** More than any series has; whole numbers below are exact in float32. */
const MOST_STEPS = 2 ** 23;
/** Below the share of one real position of any series. */
const LEAST = 1e-8;

/** Makes the mask of any tensor along time, broadcastable over it; equal ones are made once. */
export class PositionMasks {
  private readonly made = new Map<string, string>();

  constructor(
    private readonly writer: NodeWriter,
    readonly steps: number,
    /** The number of steps is known when the graph runs, `steps` is one of them: names of what is masked are added here. */
    private readonly free?: Set<string>,
    /** Path of the module that makes a tensor, where the file tells. */
    private readonly moduleOf?: (tensor: string) => string | undefined,
  ) {}

  /**
   * [N, 1, …, P, …, 1], or with the time axis first: 1 where the centre of the position lies on a real step.
   * @param tensor which it is; @param said what a refusal calls it
   * @throws Refusal `cannot-mask` for a tensor without an axis of instances
   */
  like(track: Track, tensor: string, said = tensor): string {
    const field = track.field!;
    const batch = track.roles.indexOf('batch');
    if (batch < 0) throw merged(said, this.moduleOf?.(said));
    return this.once(`${this.key(field)} ${track.roles}`, () =>
      this.laidOut(track, this.flat(track, tensor, said), said),
    );
  }

  /** [N, P] as a tensor of the track's axes. */
  private laidOut(track: Track, flat: string, said: string): string {
    const batch = track.roles.indexOf('batch');
    const length = track.field!.from.length;
    // 0 keeps the size of the first axis, which then need not be known.
    const sizes = this.free
      ? (role: Role, axis: number) => (axis === 0 ? 0 : role === 'batch' || role === 'time' ? -1 : 1)
      : (role: Role) => (role === 'batch' ? -1 : role === 'time' ? length : 1);
    const dims = track.roles.map(sizes);
    if (this.free && dims.filter((size) => size === -1).length > 1) throw merged(said, this.moduleOf?.(said));
    const timeFirst = timeAxis(track) < batch;
    const ordered = timeFirst ? this.writer.add('Transpose', [flat], { perm: ints([1, 0]) }) : flat;
    return this.writer.add('Reshape', [ordered, this.writer.ints(dims)]);
  }

  /** P / (number of real positions), N on axis `batch` of a rank: turns a mean over P into one over real positions. */
  correction(track: Track, tensor: string, batch: number, rank: number): string {
    const field = track.field!;
    return this.once(`${this.key(field)} correction ${batch} ${rank}`, () => {
      const count = field.from.length;
      const flat = this.flat(track, tensor);
      const weights = this.writer.constant(float32([count, 1], new Float32Array(count).fill(1 / count)));
      const share = this.free
        ? this.writer.add('GlobalAveragePool', [this.apart(flat)])
        : this.writer.add('MatMul', [flat, weights]);
      // A strided layer may have no position on a short series: then the mean is 0 already, and 0 · P is no NaN.
      const least = this.writer.constant(float32([], [this.free ? LEAST : 0.5 / count]));
      const inverse = this.writer.add('Reciprocal', [this.writer.add('Max', [share, least])]);
      return this.writer.add('Reshape', [
        inverse,
        this.writer.ints(Array<number>(rank).fill(1).with(batch, -1)),
      ]);
    });
  }

  /** The same of a mean over the instances as well: one number, N · P / (real positions of all). */
  correctionOfAll(track: Track, tensor: string): string {
    const field = track.field!;
    return this.once(`${this.key(field)} correction of all`, () => {
      const share = this.writer.add('ReduceMean', [this.flat(track, tensor)], { keepdims: int(0) });
      const least = this.writer.constant(float32([], [this.free ? LEAST : 0.5 / field.from.length]));
      return this.writer.add('Reciprocal', [this.writer.add('Max', [share, least])]);
    });
  }

  /** Laid out as `like`: 1 at the last position that is real, 0 elsewhere. */
  last({ roles, field: given }: Track, tensor: string): string {
    const track = { roles, field: asAtTheEnd(given!, this.steps) };
    const count = track.field.from.length;
    return this.once(`${this.key(track.field)} ${track.roles} last`, () => {
      const { writer } = this;
      const mask = this.flat(track, tensor);
      const one = writer.constant(float32([], [1]));
      const order = writer.add('Add', [this.places(mask, count), one]);
      return this.laidOut(track, this.highest(mask, order), tensor);
    });
  }

  /** Laid out as `like`: 1 at the first position that is real, 0 elsewhere. */
  first({ roles, field: given }: Track, tensor: string): string {
    const track = { roles, field: asAtTheStart(given!) };
    const { field } = track;
    return this.once(`${this.key(field)} ${track.roles} first`, () => {
      const mask = this.flat(track, tensor);
      const most = this.writer.constant(float32([], [MOST_STEPS]));
      const order = this.writer.add('Sub', [most, this.places(mask, field.from.length)]);
      return this.laidOut(track, this.highest(mask, order), tensor);
    });
  }

  /** [N, P]: 1 at the real position whose order, a whole number from 1, is the highest. */
  private highest(mask: string, order: string): string {
    const { writer } = this;
    const one = writer.constant(float32([], [1]));
    const rank = writer.add('Mul', [mask, order]);
    const highest = writer.add('GlobalMaxPool', [this.apart(rank)]);
    const behind = writer.add('Sub', [writer.add('Reshape', [highest, writer.ints([-1, 1])]), rank]);
    return writer.add('Mul', [mask, writer.add('Relu', [writer.add('Sub', [one, behind])])]);
  }

  /** [N, P]: 1 where the centre of the position lies on a real step. */
  perInstance(track: Track, tensor: string): string {
    return this.flat(track, tensor);
  }

  /** How many positions a mask [N, P] has: int64 [1]. */
  count(mask: string, known: number): string {
    if (!this.free) return this.writer.ints([known]);
    return this.writer.add('Reshape', [lengthOf(this.writer, mask, 1), this.writer.ints([1])]);
  }

  /** 0, 1, … as float32 [1, P]. */
  places(mask: string, known: number): string {
    if (this.free) return places(this.writer, lengthOf(this.writer, mask, 1));
    const each = Array.from({ length: known }, (_, p) => p);
    return this.writer.constant(float32([1, known], each));
  }

  /** [N, P] */
  private flat(track: Track, tensor: string, said = tensor): string {
    const field = track.field!;
    this.free?.add(said);
    const steps = nearestSteps(field, this.steps);
    if (steps.length === this.steps && steps.every((step, p) => step === p)) return MASK_INPUT;
    return this.once(this.key(field), () => {
      const indices = this.free
        ? nearest(this.writer, field, lengthOf(this.writer, tensor, timeAxis(track)), MASK_INPUT, said)
        : this.writer.constant(int64([steps.length], steps));
      return this.writer.add('Gather', [MASK_INPUT, indices], { axis: int(1) });
    });
  }

  /** [N, P] as [N, 1, P]. */
  private apart(flat: string): string {
    return this.writer.add('Reshape', [flat, this.writer.ints([0, 1, -1])]);
  }

  private key(field: Field): string {
    return nearestSteps(field, this.steps).join();
  }

  private once(key: string, make: () => string): string {
    const name = this.made.get(key) ?? make();
    this.made.set(key, name);
    return name;
  }
}

/** Input step under each position: its own where positions and steps correspond one to one, else the one nearest the centre. */
function nearestSteps(field: Field, steps: number): number[] {
  const count = field.from.length;
  const { slot } = field;
  const within = (step: number) => Math.min(steps - 1, Math.max(0, step));
  if (slot !== undefined) return Array.from({ length: count }, (_, p) => within(slot + p));
  if (count === steps && field.jump === 1) return Array.from({ length: count }, (_, p) => p);
  return Array.from(standing(field), (centre) => within(Math.round(centre)));
}

/**
 * Its last position in the place of the last step, as far before it as it lies: so many steps before the last real one.
 * Windows without padding that begin at step 0 end as far behind it as their middle lies, once more.
 */
function asAtTheEnd(field: Field, steps: number): Field {
  if (field.slot !== undefined) return { ...field, slot: steps - field.from.length };
  return field.regular && !field.moved && field.start > 0 ? placed(field, 2 * field.start) : field;
}

/** Its first position in the place of the first step, whatever it reads around it. */
function asAtTheStart(field: Field): Field {
  return field.regular ? placed(field, 0) : field;
}

const UNMOVED = { by: 0, before: 0, behind: 0, over: 0 };

/** The same positions, the first one at a step. */
function placed({ slot: _, ...field }: Field, start: number): Field {
  const from = field.from.map((_step, p) => Math.round(start + p * field.jump));
  const to = from.map((step) => step + 1);
  return { ...field, from, to, start, size: 1, everything: false, moved: UNMOVED };
}

/** Whether one of a tensor's axes follows the steps of the input. */
export function hasTime(track: Track | undefined): track is Track & { readonly field: Field } {
  return track !== undefined && track.field !== null && timeAxis(track) >= 0;
}
