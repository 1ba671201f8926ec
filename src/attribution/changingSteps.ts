import type { GraphBuilder } from '../graph/builder.ts';
import type { Shapes } from '../graph/shapes.ts';
import type { Timed } from './windowStages.ts';

/** Names of two int64 [1]: from and to, in steps. */
export type FromTo = readonly [string, string];

/** What is known of the one series: a tensor's values on all steps, with a margin before and after them. */
interface Whole {
  readonly values: ReadonlyMap<string, string>;
  /** In steps. */
  readonly margin: number;
}

/** Tensors that are known in some steps anew, and in all others from the one series. */
export class ChangingSteps {
  readonly #changed = new Map<string, { readonly name: string; readonly steps: FromTo }>();

  /** @param count name of an int64 [1]: the instances. */
  constructor(
    private readonly builder: GraphBuilder,
    private readonly shapes: Shapes,
    private readonly whole: Whole,
    private readonly count: string,
  ) {}

  /** Says that a tensor changes in these steps, to the values of `name`. */
  change(tensor: string, name: string, steps: FromTo): void {
    this.#changed.set(tensor, { name, steps });
  }

  /** Some steps of a tensor. */
  part(x: string, time: number, [from, to]: FromTo): string {
    return this.builder.add('Slice', [x, from, to, this.builder.ints([time])]);
  }

  /** A pair that begins `before` steps earlier and ends `after` later. */
  widened([from, to]: FromTo, before: number, after: number): FromTo {
    return [this.#moved(from, -before), this.#moved(to, after)];
  }

  /** The one series' values in some steps, once for every instance. */
  unchanged({ name, time }: Timed, steps: FromTo): string {
    const { builder, shapes, whole } = this;
    const ones = builder.ints(new Array(shapes.dims(name)!.length - 1).fill(1));
    const inMargin = this.widened(steps, -whole.margin, whole.margin);
    const one = this.part(whole.values.get(name)!, time, inMargin);
    return builder.add('Expand', [one, builder.concat([this.count, ones], 0)]);
  }

  /** A tensor in these steps: what has changed, with the one series' values before and after it. */
  around(tensor: Timed, [from, to]: FromTo): string {
    const { name, steps } = this.#changed.get(tensor.name)!;
    const before = this.unchanged(tensor, [from, steps[0]]);
    const after = this.unchanged(tensor, [steps[1], to]);
    return this.builder.concat([before, name, after], tensor.time);
  }

  #moved(step: string, by: number): string {
    return by === 0 ? step : this.builder.add('Add', [step, this.builder.ints([by])]);
  }
}
