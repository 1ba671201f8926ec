import { centres, extend, type Field, type PlaceShift } from './field.ts';

/** Shares of a step that rounding may move a place by. */
const SAME = 1e-6;

/** Position by position the hull of both; their lengths must agree. */
export function union(a: Field, b: Field): Field {
  const from = a.from.slice();
  const to = a.to.slice();
  for (let p = 0; p < from.length; p++) {
    extend(from, to, p, b.from[p]!, b.to[p]!);
  }
  const hull = {
    ...{ from, to, running: a.running || b.running, everything: a.everything || b.everything },
    ...(a.slot !== undefined && a.slot === b.slot && { slot: a.slot }),
  };
  if (!(a.regular && b.regular && a.jump === b.jump)) return { ...hull, ...standing(a, b) };
  const low = Math.min(a.start - (a.size - 1) / 2, b.start - (b.size - 1) / 2);
  const high = Math.max(a.start + (a.size - 1) / 2, b.start + (b.size - 1) / 2);
  const start = (low + high) / 2;
  return { ...hull, ...moved(a, b, start), start, jump: a.jump, size: high - low + 1, regular: true };
}

/** They stand where the one does that has been moved further. */
function moved(a: Field, b: Field, start: number): Pick<Field, 'moved'> {
  const [one, other] = Math.abs(a.moved?.by ?? 0) < Math.abs(b.moved?.by ?? 0) ? [b, a] : [a, b];
  if (!one.moved) return {};
  const both = (side: 'before' | 'behind') => Math.min(one.moved![side], other.moved?.[side] ?? Infinity);
  const by = one.start + one.moved.by - start;
  return { moved: { ...one.moved, by, before: both('before'), behind: both('behind') } };
}

/** Beside a series turned round, rolled or going round, positions stand where those of the one as it runs do. */
function standing(a: Field, b: Field): Pick<Field, 'start' | 'jump' | 'size' | 'regular' | 'places'> {
  const one = [a, b].find((field) => field.regular && field.jump > 0);
  const size = Math.max(a.size, b.size);
  if (one) return { start: one.start, jump: one.jump, size, regular: false, places: centres(one) };
  const [first, second] = [centres(a), centres(b)];
  const places = first.every((place, p) => Math.abs(place - second[p]!) < SAME)
    ? first
    : first.map((place, p) => (place + second[p]!) / 2);
  return { start: a.start, jump: a.jump, size, regular: false, places };
}

/** One after the other along time. */
export function join(parts: readonly Field[]): Field {
  const [head] = parts;
  const lengths = parts.map((part) => part.from.length);
  const offset = (i: number) => lengths.slice(0, i).reduce((sum, length) => sum + length, 0);
  const even = parts.every(
    (part, i) =>
      part.regular &&
      part.jump === head!.jump &&
      part.start === head!.start + offset(i) * head!.jump &&
      part.moved?.by === head!.moved?.by,
  );
  const padded = even ? -1 : paddedPart(parts);
  const main = parts[padded] ?? head!;
  const regular = even || (padded >= 0 && main.regular);
  const joined = {
    from: Int32Array.from(parts.flatMap((part) => [...part.from])),
    to: Int32Array.from(parts.flatMap((part) => [...part.to])),
    start: main.start - (padded < 0 ? 0 : offset(padded)) * main.jump,
    jump: main.jump,
    size: Math.max(...parts.map((part) => part.size)),
    regular,
    running: parts.some((part) => part.running),
    everything: parts.every((part) => part.everything),
  };
  const slot = padded >= 0 && main.slot !== undefined && { slot: main.slot - offset(padded) };
  if (regular) return { ...joined, ...slot, ...(main.moved && { moved: around(main.moved, padded, parts) }) };
  const places = parts.flatMap((part, i) =>
    padded < 0 || i === padded ? [...centres(part)] : new Array<number>(lengths[i]!).fill(Number.NaN),
  );
  return { ...joined, ...slot, places: filled(places, main.jump) };
}

/** With what is padding around it put on. */
function around(moved: PlaceShift, at: number, parts: readonly Field[]): PlaceShift {
  if (at < 0) return { ...moved, before: 0, behind: 0, over: 0 };
  const added = (some: readonly Field[]) => some.reduce((sum, { from }) => sum + from.length, 0);
  const before = moved.before + added(parts.slice(0, at));
  return { ...moved, before, behind: moved.behind + added(parts.slice(at + 1)) };
}

/**
 * The part around which the others are padding: they copy positions of it (its ends, or as if it went round), or read
 * nothing, and are no longer than half of it on either side.
 * @returns -1 where there is none
 */
function paddedPart(parts: readonly Field[]): number {
  const lengths = parts.map((part) => part.from.length);
  const at = lengths.indexOf(Math.max(...lengths));
  const main = parts[at]!;
  const own = new Set(Array.from(main.from, (from, p) => `${from} ${main.to[p]}`));
  const isCopy = ({ from, to }: Field) =>
    from.every((first, p) => first === to[p] || own.has(`${first} ${to[p]}`));
  const short = (some: readonly number[]) =>
    some.reduce((sum, length) => sum + length, 0) <= Math.max(1, lengths[at]! / 2);
  const isPadded =
    short(lengths.slice(0, at)) &&
    short(lengths.slice(at + 1)) &&
    parts.every((part, i) => i === at || isCopy(part));
  return isPadded ? at : -1;
}

/** What reads nothing stands where it would if the positions before it went on. */
function filled(places: readonly number[], jump: number): Float64Array {
  const all = Float64Array.from(places);
  const known = all.findIndex((place) => !Number.isNaN(place));
  for (let p = known - 1; p >= 0; p--) all[p] = all[p + 1]! - jump;
  for (let p = 1; p < all.length; p++) if (Number.isNaN(all[p])) all[p] = all[p - 1]! + jump;
  return all;
}
