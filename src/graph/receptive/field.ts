/**
 * Which input steps each position of a tensor's time axis reads. `from`/`to` are exact hulls (`to` exclusive, equal
 * where a position reads nothing, as in constant padding); start, jump and size describe the same by a rule as long
 * as the positions are `regular`: position p reads `size` steps around start + p·jump, parts of them beyond the input.
 * Where they are `running` (a recurrence, a running sum) position p still stands at start + p·jump, but reads from..to.
 */
export interface Field {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly start: number;
  readonly jump: number;
  readonly size: number;
  readonly regular: boolean;
  readonly running: boolean;
  /**
   * [positions] where each stands, in input steps, as long as they are not regular; absent: in the middle of from..to.
   * Behind a series that was rolled or goes round, that is not the middle of what a position reads.
   */
  readonly places?: Float64Array;
  /**
   * The step that position 0 takes the place of, each next one that of the next step: of what was cut from, or put on, a
   * tensor with a position for every step. Behind a causal convolution that is not the centre of what it reads.
   */
  readonly slot?: number;
  /** Of regular ones; absent: they stand in the middle of their windows. */
  readonly moved?: PlaceShift;
  /** Every position reads every step (recurrent layers, attention, normalising over time). */
  readonly everything: boolean;
}

/**
 * How far positions stand from the middles of their windows since something was cut from a tensor whose windows the ends
 * of the series had cut off: what follows keeps to it, though no end of the series cuts its windows.
 */
export interface PlaceShift {
  readonly by: number;
  /** Positions put on at either end that no window has used up yet. */
  readonly before: number;
  readonly behind: number;
  /** Positions that windows have added which go on beyond both ends. */
  readonly over: number;
}

/** The input itself: position p reads step p. */
export function inputField(steps: number): Field {
  return {
    from: Int32Array.from({ length: steps }, (_, p) => p),
    to: Int32Array.from({ length: steps }, (_, p) => p + 1),
    start: 0,
    jump: 1,
    size: 1,
    regular: true,
    running: false,
    everything: false,
  };
}

/**
 * Centre of every position in input steps, or where it has been moved to.
 * @returns [positions]
 */
export function centres({ from, to, start, jump, regular, places, moved }: Field): Float64Array {
  if (!regular && places) return places;
  const first = start + (moved?.by ?? 0);
  const all = new Float64Array(from.length);
  for (let p = 0; p < all.length; p++) all[p] = regular ? first + p * jump : (from[p]! + to[p]! - 1) / 2;
  return all;
}

/** Where a position would stand, which may lie between two or beyond the last ones. */
function placeAt(places: Float64Array, at: number): number {
  const last = places.length - 1;
  const below = Math.min(Math.max(0, Math.floor(at)), Math.max(0, last - 1));
  const [a, b] = [places[below]!, places[Math.min(last, below + 1)]!];
  return a + (at - below) * (b - a);
}

/** The same positions, each of which now reads everything (of `steps` input steps). */
export function readingEverything(field: Field, steps: number): Field {
  const count = field.from.length;
  return {
    ...field,
    from: new Int32Array(count),
    to: new Int32Array(count).fill(steps),
    everything: true,
  };
}

/** Every position now reads what all positions before it read as well, or all behind it; it stays where it is. */
export function running(field: Field, backwards: boolean): Field {
  const count = field.from.length;
  const from = field.from.slice();
  const to = field.to.slice();
  for (let i = 1; i < count; i++) {
    const [p, earlier] = backwards ? [count - 1 - i, count - i] : [i, i - 1];
    extend(from, to, p, from[earlier]!, to[earlier]!);
  }
  return { ...field, from, to, running: true };
}

/** Position p reads what the position before it (or behind it) did; the first one nothing. */
export function shifted(field: Field, backwards: boolean): Field {
  const count = field.from.length;
  const indices = Array.from({ length: count }, (_, p) => (backwards ? (p + 1 < count ? p + 1 : -1) : p - 1));
  const { start, jump, regular, places } = field;
  return { ...pick(field, indices), start, jump, regular, places, running: true };
}

/** With a slot, where the tensor has a position for every one of `steps`. */
export function slotted(field: Field, steps: number): Field {
  return field.from.length === steps && field.jump === 1 ? { ...field, slot: 0 } : field;
}

/** Positions picked by index; -1 stands for one that reads nothing. */
export function pick(field: Field, indices: readonly number[]): Field {
  const step = indices.length > 1 ? indices[1]! - indices[0]! : 1;
  const even = step !== 0 && indices.every((index, i) => index === indices[0]! + i * step);
  const { slot, moved, places: _, ...rest } = field;
  const regular = field.regular && even;
  const places = regular ? undefined : centres(field);
  return {
    ...rest,
    ...(places && { places: Float64Array.from(indices, (index) => places[index] ?? Number.NaN) }),
    ...(slot !== undefined && even && step === 1 && { slot: slot + (indices[0] ?? 0) }),
    ...(moved && regular && { moved: { by: moved.by, before: 0, behind: 0, over: 0 } }),
    from: Int32Array.from(indices, (index) => (index < 0 ? 0 : field.from[index]!)),
    to: Int32Array.from(indices, (index) => (index < 0 ? 0 : field.to[index]!)),
    start: field.start + field.jump * (indices[0] ?? 0),
    jump: field.jump * step,
    regular,
  };
}

/** Positions put in before and after; `index` says which existing position an added one copies, -1 for none. */
export function pad(field: Field, before: number, after: number, index: (p: number) => number): Field {
  const count = field.from.length + before + after;
  const indices = Array.from({ length: count }, (_, p) => {
    const inside = p - before;
    return inside >= 0 && inside < field.from.length ? inside : index(inside);
  });
  const { places: _, moved: __, ...picked } = pick(field, indices);
  const { moved } = field;
  const places = field.regular ? undefined : centres(field);
  return {
    ...picked,
    ...(places && { places: Float64Array.from(indices, (___, p) => placeAt(places, p - before)) }),
    ...(field.slot !== undefined && { slot: field.slot - before }),
    ...(moved && { moved: { ...moved, before: moved.before + before, behind: moved.behind + after } }),
    start: field.start - before * field.jump,
    jump: field.jump,
    regular: field.regular,
  };
}

/**
 * Each output position reads the hull of the given input positions (`taps` gives first and last one, both included).
 * @param window `first` and `step` place the output positions among the input positions; `size` of the rule
 */
export function gather(
  field: Field,
  count: number,
  taps: (p: number) => { readonly first: number; readonly last: number; readonly step: number },
  window: { readonly first: number; readonly step: number; readonly size: number },
): Field {
  const from = new Int32Array(count);
  const to = new Int32Array(count);
  const rising = isRising(field);
  const reads = (tap: number) => field.from[tap]! < field.to[tap]!;
  for (let p = 0; p < count; p++) {
    let { first, last, step } = taps(p);
    if (rising) {
      // The outermost taps that read anything bound the hull; else all must be asked.
      while (first <= last && !reads(first)) first += step;
      while (first < last && !reads(last)) last -= step;
      step = Math.max(step, last - first);
    }
    for (let tap = first; tap <= last; tap += step) {
      extend(from, to, p, field.from[tap]!, field.to[tap]!);
    }
  }
  const { regular, running, everything, slot, moved } = field;
  // One position each: they stay where they are.
  const isSame = window.step === 1 && window.size === field.size && Number.isInteger(window.first);
  const places = regular || field.from.length === 0 ? undefined : centres(field);
  return {
    ...{ from, to, regular, running, everything, size: window.size },
    ...(slot !== undefined && isSame && { slot: slot + window.first }),
    ...(moved && regular && { moved: movedOn(moved, field, count, window) }),
    start: field.start + field.jump * window.first,
    jump: field.jump * window.step,
    ...(places && {
      places: Float64Array.from(from, (_, p) => placeAt(places, window.first + p * window.step)),
    }),
  };
}

/**
 * As many positions as before stand where those did; of fewer each is in the middle of its window, unless that has used up
 * positions put on at one end alone (causal convolutions): then at the other end of it.
 */
function movedOn(
  moved: PlaceShift,
  { from, jump }: Field,
  count: number,
  { first, step }: { readonly first: number; readonly step: number },
): PlaceShift {
  const { by, before, behind } = moved;
  const less = from.length - count;
  const whole = { by, before: 0, behind: 0, over: 0 };
  if (step !== 1) return whole;
  if (less === 0) return { ...moved, by: by - first * jump, over: 0 };
  if (first !== less / 2) return whole;
  if (less < 0) return { ...moved, over: -less };
  if (behind === 0 && before >= less)
    return { ...whole, by: by + (less - first) * jump, before: before - less };
  if (before === 0 && behind >= less) return { ...whole, by: by - first * jump, behind: behind - less };
  return whole;
}

/** Position p reads first..end as well. */
export function extend(from: Int32Array, to: Int32Array, p: number, first: number, end: number): void {
  if (first === end) return;
  const empty = from[p] === to[p];
  from[p] = empty ? first : Math.min(from[p]!, first);
  to[p] = empty ? end : Math.max(to[p]!, end);
}

/** Whether later positions read later steps; those that read nothing are passed over. */
function isRising({ from, to }: Field): boolean {
  let last = -1;
  for (let p = 0; p < from.length; p++) {
    if (from[p] === to[p]) continue;
    if (last >= 0 && (from[p]! < from[last]! || to[p]! < to[last]!)) return false;
    last = p;
  }
  return true;
}
