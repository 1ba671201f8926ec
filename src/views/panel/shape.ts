/** Stands for "it is none": null and undefined may be values. */
export const misfit: unique symbol = Symbol('misfit');

/** Reads a value of unknown origin as a T: a copy that has what T has and nothing else, or `misfit`. */
export type Shape<T> = (value: unknown) => T | typeof misfit;

/** A shape for every field of T, so that a field added to T must be added here. */
type Fields<T> = {
  readonly [K in keyof T]-?: undefined extends T[K] ? Optional<Exclude<T[K], undefined>> : Shape<T[K]>;
};

interface Optional<T> {
  readonly optional: Shape<T>;
}

/** True or false. */
export const flag: Shape<boolean> = (value) => (typeof value === 'boolean' ? value : misfit);

/** @param most characters */
export function text(most: number): Shape<string> {
  return (value) => (typeof value === 'string' && value.length <= most ? value : misfit);
}

/** Both ends included; NaN is none. */
export function number(from: number, to: number): Shape<number> {
  return (value) => (typeof value === 'number' && value >= from && value <= to ? value : misfit);
}

/** Both ends included. */
export function whole(from: number, to: number): Shape<number> {
  return (value) => (Number.isInteger(value) ? number(from, to)(value) : misfit);
}

/** One of the words of a union; `words` names them all. */
export function word<W extends string>(words: Readonly<Record<W, unknown>>): Shape<W> {
  return (value) => (typeof value === 'string' && Object.hasOwn(words, value) ? (value as W) : misfit);
}

/** The shape, or null. */
export function orNull<T>(shape: Shape<T>): Shape<T | null> {
  return (value) => (value === null ? null : shape(value));
}

/** What the first does not read the second may. */
export function either<A, B>(first: Shape<A>, second: Shape<B>): Shape<A | B> {
  return (value) => {
    const read = first(value);
    return read === misfit ? second(value) : read;
  };
}

/** @param most entries */
export function list<T>(shape: Shape<T>, most: number): Shape<readonly T[]> {
  return (value) => {
    if (!Array.isArray(value) || value.length > most) return misfit;
    const read = Array.from(value, shape);
    return read.some((one) => one === misfit) ? misfit : (read as T[]);
  };
}

/** Two numbers, the first below the second. */
export function span(from: number, to: number): Shape<readonly [number, number]> {
  const ends = list(number(from, to), 2);
  return (value) => {
    const read = ends(value);
    if (read === misfit || read.length !== 2) return misfit;
    const [low, high] = read as [number, number];
    return low < high ? [low, high] : misfit;
  };
}

/** With these fields and no others. */
export function object<T extends object>(fields: Fields<T>): Shape<T> {
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return misfit;
    if (!Object.keys(value).every((key) => Object.hasOwn(fields, key))) return misfit;
    const made: Record<string, unknown> = {};
    for (const [key, field] of Object.entries<Shape<unknown> | Optional<unknown>>(fields)) {
      const given = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
      if (given === undefined && typeof field !== 'function') continue;
      const read = (typeof field === 'function' ? field : field.optional)(given);
      if (read === misfit) return misfit;
      made[key] = read;
    }
    return made as T;
  };
}

/** The members of a union that carry this word as their tag. */
type Member<U, Tag extends PropertyKey, W> = U extends { readonly [K in Tag]: infer V }
  ? W extends V
    ? U
    : never
  : never;

/** A union whose members are told apart by a word; every word has the fields that go with it. */
export function tagged<U extends Readonly<Record<Tag, string>>, Tag extends string>(
  tag: Tag,
  members: { readonly [W in U[Tag]]: Fields<Omit<Member<U, Tag, W>, Tag>> },
): Shape<U> {
  const shapes = new Map<unknown, Shape<object>>(
    Object.entries<Fields<object>>(members).map(([name, fields]) => [
      name,
      object<object>({ ...fields, [tag]: word({ [name]: true }) }),
    ]),
  );
  return (value) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, tag)) return misfit;
    const shape = shapes.get((value as Record<string, unknown>)[tag]);
    return shape ? (shape(value) as U | typeof misfit) : misfit;
  };
}
