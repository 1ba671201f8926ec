import { Recent } from '../recent.ts';

/** Of all series together, as a model takes them: 64 MB. Beyond them they are made again whenever they are asked for. */
const MOST_HELD = 2 ** 24;

/** Whether so many series of so many numbers each are held in memory. */
export function areHeld(series: number, numbersEach: number): boolean {
  return series * numbersEach <= MOST_HELD;
}

const made = new Recent<Float32Array>();

/**
 * A series whose numbers are made when they are looked at, and dropped when others were looked at since. They are a
 * property of its own, so that a copy (`{ ...one }`) has them, too: read it once into a variable, not in a loop.
 * @param make gives [F, T], the same each time
 */
export function withMadeNumbers<S extends object>(
  rest: S,
  make: () => Float32Array,
): S & { readonly x: Float32Array } {
  return {
    ...rest,
    get x() {
      return made.of(make, make);
    },
  };
}
