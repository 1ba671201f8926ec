import { Refusal } from '../refusal.ts';

interface Said {
  readonly description: string;
  readonly required?: true;
}

/** One argument of a tool, in the words of JSON Schema. */
type Field = Said &
  (
    | { readonly type: 'string'; readonly enum?: readonly string[]; readonly orPosition?: true }
    | { readonly type: 'boolean' }
    | { readonly type: 'array'; readonly items: { readonly type: 'string' }; readonly maxItems: number }
    | { readonly type: 'integer'; readonly minimum: number; readonly maximum: number }
  );

/** By name, as the client's JSON has them. */
export type Fields = Readonly<Record<string, Field>>;

type ValueOf<F extends Field> = F extends { readonly enum: readonly (infer V)[] }
  ? V
  : F extends { readonly type: 'string' }
    ? string
    : F extends { readonly type: 'boolean' }
      ? boolean
      : F extends { readonly type: 'array' }
        ? readonly string[]
        : number;

/** What a client sent for these fields; optional ones may be missing. */
export type Given<F extends Fields> = {
  readonly [K in keyof F as F[K] extends { readonly required: true } ? K : never]: ValueOf<F[K]>;
} & {
  readonly [K in keyof F as F[K] extends { readonly required: true } ? never : K]?: ValueOf<F[K]>;
};

const LONGEST = 4096;

/** The same as a JSON Schema, for whoever offers the tool. */
export function schemaOf(fields: Fields) {
  const properties = Object.entries(fields).map(([name, field]) => [name, offered(field)]);
  return {
    type: 'object' as const,
    properties: Object.fromEntries(properties) as Record<string, object>,
    required: Object.keys(fields).filter((name) => fields[name]!.required),
    additionalProperties: false,
  };
}

/** What only we know of it left out. */
function offered({ required: _, ...field }: Field): object {
  if (field.type !== 'string') return field;
  const { orPosition: __, ...rest } = field;
  return rest;
}

/** @throws Refusal `bad-arguments`: one sentence that names the argument and what it takes */
export function given<F extends Fields>(fields: F, said: unknown): Given<F> {
  if (typeof said !== 'object' || said === null || Array.isArray(said)) throw bad('Arguments are an object');
  const known = Object.keys(fields);
  for (const name of Object.keys(said)) {
    if (!Object.hasOwn(fields, name)) {
      throw bad(`There is no argument ${JSON.stringify(name.slice(0, 60))}; there are ${known.join(', ')}`);
    }
  }
  const values = known.flatMap((name) => {
    const value: unknown = Object.hasOwn(said, name) ? (said as Record<string, unknown>)[name] : undefined;
    if (value !== undefined && value !== null) return [[name, checked(name, fields[name]!, value)]];
    if (fields[name]!.required) throw bad(`The argument "${name}" is missing: ${fields[name]!.description}`);
    return [];
  });
  return Object.fromEntries(values) as Given<F>;
}

function checked(name: string, field: Field, value: unknown): unknown {
  switch (field.type) {
    case 'string':
      // A position, an index: agents send them as numbers.
      if (field.orPosition && Number.isInteger(value)) return `${value}`;
      if (typeof value !== 'string') throw bad(`"${name}" is text`);
      if (value.length > LONGEST || value.includes('\0'))
        throw bad(`"${name}" is text without NUL, ${LONGEST} letters at most`);
      if (field.enum && !field.enum.includes(value))
        throw bad(`"${name}" is one of ${field.enum.join(', ')}`);
      return value;
    case 'boolean':
      if (typeof value !== 'boolean') throw bad(`"${name}" is true or false`);
      return value;
    case 'array': {
      const texts = Array.isArray(value) && value.length <= field.maxItems ? value : [value];
      const fits = texts === value && texts.every((one) => typeof one === 'string' && !one.includes('\0'));
      if (!fits || texts.join('').length > LONGEST)
        throw bad(`"${name}" is a list of ${field.maxItems} texts at most, without NUL`);
      return value;
    }
    case 'integer': {
      const { minimum, maximum } = field;
      if (!Number.isInteger(value) || (value as number) < minimum || (value as number) > maximum)
        throw bad(`"${name}" is a whole number from ${minimum} to ${maximum}`);
      return value;
    }
  }
}

function bad(what: string): Refusal {
  return new Refusal('bad-arguments', `${what.replace(/\.$/, '')}.`);
}
