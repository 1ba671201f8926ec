import { centres, type Field } from './field.ts';
import { type Cut, hidesTime, type Track } from './track.ts';

/** Of what part of the time axis a node without one makes its output, where it rests on any: all that its inputs rest on. */
export function cutFrom(inputs: readonly Track[], steps: number): { readonly cut?: Cut } {
  const cuts = inputs.flatMap((track) => (track.field ? wholeOf(track.field) : (track.cut ?? [])));
  if (cuts.length === 0) return {};
  // Where one of them is not told (a mean over time, the state of a layer before), it may have read anything.
  const told = inputs.every(
    (track) => !hidesTime(track) && (track.field !== null || track.cut !== undefined),
  );
  return {
    cut: {
      first: Math.min(...cuts.map(({ first }) => first)),
      last: Math.max(...cuts.map(({ last }) => last)),
      from: told ? Math.min(...cuts.map(({ from }) => from)) : 0,
      to: told ? Math.max(...cuts.map(({ to }) => to)) : steps,
    },
  };
}

function wholeOf(field: Field): Cut {
  const at = field.everything && !field.regular ? [] : centres(field);
  const ordered = [...at].sort((a, b) => a - b);
  return {
    first: ordered[0] ?? 0,
    last: ordered.at(-1) ?? Number.POSITIVE_INFINITY,
    from: field.from.reduce((least, from) => Math.min(least, from), Number.POSITIVE_INFINITY),
    to: field.to.reduce((most, to) => Math.max(most, to), 0),
  };
}

/**
 * The time axis that parts make which stand one behind the other, each cut from its own step: a recurrence that an
 * exporter wrote out. Its states rest on the steps up to their own, or from their own on; where neither shows, nothing
 * tells that they are steps, and there is none.
 */
export function axisOfCuts(cuts: readonly Cut[], steps: number): Field | undefined {
  const at = placesOf(cuts);
  if (cuts.length < 2 || at === undefined) return undefined;
  const jump = at[1]! - at[0]!;
  return {
    from: Int32Array.from(cuts, ({ from }) => from),
    to: Int32Array.from(cuts, ({ to }) => to),
    start: at[0]!,
    jump,
    size: 1,
    regular: at.every((place, i) => place === at[0]! + i * jump),
    running: true,
    everything: cuts.every(({ from, to }) => from === 0 && to === steps),
  };
}

/** Where each part stands; undefined where it cannot be told from the others. */
function placesOf(cuts: readonly Cut[]): number[] | undefined {
  const [first, last] = [cuts.map((cut) => cut.first), cuts.map((cut) => cut.last)];
  const [begins, ends] = [wayOf(first), wayOf(last)];
  if (begins === 'stays') return ends === 'rises' || ends === 'falls' ? last : undefined;
  if (ends === 'stays') return begins === 'mixed' ? undefined : first;
  // Each made of a window of its own.
  return begins !== 'mixed' && begins === ends ? first.map((place, i) => (place + last[i]!) / 2) : undefined;
}

function wayOf(places: readonly number[]): 'stays' | 'rises' | 'falls' | 'mixed' {
  const every = (holds: (place: number, before: number) => boolean) =>
    places.every((place, i) => i === 0 || holds(place, places[i - 1]!));
  if (every((place, before) => place === before)) return 'stays';
  if (every((place, before) => place > before)) return 'rises';
  return every((place, before) => place < before) ? 'falls' : 'mixed';
}
