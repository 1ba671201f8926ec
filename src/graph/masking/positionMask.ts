import { int, ints } from '../attributes.ts';
import type { Attributes } from '../graph.ts';
import { centres, type Field } from '../receptive/field.ts';
import { type Track, timeAxis } from '../receptive/track.ts';
import { float32, int64, type Tensor } from '../tensor.ts';
import { merged } from './leak.ts';

/** Name of the mask input: float32 [N, T], 1 on real steps. */
export const MASK_INPUT = 'attribution_padding_mask';

/** What masks are written with: a graph while it grows. */
interface NodeWriter {
  add(op: string, inputs: readonly string[], attributes?: Attributes): string;
  constant(value: Tensor): string;
  ints(values: readonly number[]): string;
}

/** Makes the mask of any tensor along time, broadcastable over it; equal ones are made once. */
export class PositionMasks {
  private readonly made = new Map<string, string>();

  constructor(
    private readonly writer: NodeWriter,
    private readonly steps: number,
  ) {}

  /**
   * [N, 1, …, P, …, 1], or with the time axis first: 1 where the centre of the position lies on a real step.
   * @param tensor which it is; @param said what a refusal calls it
   * @throws Refusal `cannot-mask` for a tensor without an axis of instances
   */
  like(track: Track, tensor: string, said = tensor): string {
    const field = track.field!;
    const batch = track.roles.indexOf('batch');
    if (batch < 0) throw merged(said);
    return this.once(`${this.key(field)} ${track.roles}`, () => this.laidOut(track, this.flat(field)));
  }

  /** [N, P] as a tensor of the track's axes. */
  private laidOut(track: Track, flat: string): string {
    const batch = track.roles.indexOf('batch');
    const dims = track.roles.map((role, axis) =>
      axis === batch ? -1 : role === 'time' ? track.field!.from.length : 1,
    );
    const timeFirst = timeAxis(track) < batch;
    const ordered = timeFirst ? this.writer.add('Transpose', [flat], { perm: ints([1, 0]) }) : flat;
    return this.writer.add('Reshape', [ordered, this.writer.ints(dims)]);
  }

  /** P / (number of real positions), N on axis `batch` of a rank: turns a mean over P into one over real positions. */
  correction(track: Track, batch: number, rank: number): string {
    const field = track.field!;
    return this.once(`${this.key(field)} correction ${batch} ${rank}`, () => {
      const count = field.from.length;
      const weights = this.writer.constant(float32([count, 1], new Float32Array(count).fill(1 / count)));
      const share = this.writer.add('MatMul', [this.flat(field), weights]);
      // A strided layer may have no position on a short series: then the mean is 0 already, and 0 · P is no NaN.
      const least = this.writer.constant(float32([], [0.5 / count]));
      const inverse = this.writer.add('Reciprocal', [this.writer.add('Max', [share, least])]);
      return this.writer.add('Reshape', [
        inverse,
        this.writer.ints(Array<number>(rank).fill(1).with(batch, -1)),
      ]);
    });
  }

  /** The same of a mean over the instances as well: one number, N · P / (real positions of all). */
  correctionOfAll(track: Track): string {
    const field = track.field!;
    return this.once(`${this.key(field)} correction of all`, () => {
      const share = this.writer.add('ReduceMean', [this.flat(field)], { keepdims: int(0) });
      const least = this.writer.constant(float32([], [0.5 / field.from.length]));
      return this.writer.add('Reciprocal', [this.writer.add('Max', [share, least])]);
    });
  }

  /** Laid out as `like`: 1 at the last position that is real, 0 elsewhere. */
  last(track: Track): string {
    const count = track.field!.from.length;
    return this.once(`${this.key(track.field!)} ${track.roles} last`, () => {
      const { writer } = this;
      const mask = this.flat(track.field!);
      const places = writer.constant(
        float32(
          [1, count],
          Array.from({ length: count }, (_, p) => p + 1),
        ),
      );
      const rank = writer.add('Mul', [mask, places]);
      const highest = writer.add('MaxPool', [writer.add('Reshape', [rank, writer.ints([-1, 1, count])])], {
        kernel_shape: ints([count]),
      });
      const behind = writer.add('Sub', [writer.add('Reshape', [highest, writer.ints([-1, 1])]), rank]);
      const one = writer.constant(float32([], [1]));
      const at = writer.add('Mul', [mask, writer.add('Relu', [writer.add('Sub', [one, behind])])]);
      return this.laidOut(track, at);
    });
  }

  /** [N, P]: 1 where the centre of the position lies on a real step. */
  perInstance(track: Track): string {
    return this.flat(track.field!);
  }

  /** [N, P] */
  private flat(field: Field): string {
    const steps = nearestSteps(field, this.steps);
    if (steps.length === this.steps && steps.every((step, p) => step === p)) return MASK_INPUT;
    return this.once(this.key(field), () => {
      const indices = this.writer.constant(int64([steps.length], steps));
      return this.writer.add('Gather', [MASK_INPUT, indices], { axis: int(1) });
    });
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

/** Input step under each position: itself where positions and steps correspond one to one, else the one nearest the centre. */
function nearestSteps(field: Field, steps: number): number[] {
  const count = field.from.length;
  if (count === steps && field.jump === 1) return Array.from({ length: count }, (_, p) => p);
  return Array.from(centres(field), (centre) => Math.min(steps - 1, Math.max(0, Math.round(centre))));
}

/** Whether one of a tensor's axes follows the steps of the input. */
export function hasTime(track: Track | undefined): track is Track & { readonly field: Field } {
  return track !== undefined && track.field !== null && timeAxis(track) >= 0;
}
