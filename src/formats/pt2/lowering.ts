import { int } from '../../graph/attributes.ts';
import type { GraphBuilder } from '../../graph/builder.ts';
import { type DataType, elementCount, float32, type Tensor } from '../../graph/tensor.ts';
import { Refusal } from '../../refusal.ts';
import { isObject, type Json } from '../keras/config.ts';
import { elementTypeNumber } from '../onnx/elementType.ts';
import { elementType } from './elementTypes.ts';
import { list } from './form.ts';
import { otherwise } from './otherwise.ts';
import type { ExportedProgram, ProgramNode, Size } from './program.ts';
import type { ComputedCount, Count, ProgramValue } from './value.ts';

/** Sizes no series needs, and numbers that none needs written out one by one. */
const [LARGEST, MOST_LISTED] = [2 ** 31, 2 ** 24];

/** One node of the program while its ONNX nodes are written: its arguments with their types checked, and its outputs. */
export class Lowering {
  private readonly asked = new Set<string>();

  constructor(
    readonly builder: GraphBuilder,
    readonly node: ProgramNode,
    private readonly program: ExportedProgram,
    private readonly values: ReadonlyMap<string, ProgramValue>,
    private readonly counts: ReadonlyMap<string, Count>,
  ) {}

  /** @throws Refusal `unsupported-operator`: what of the operator is not read, and the module that calls it. */
  refuse(why: string, remedy = otherwise(this.program.isComposed)): never {
    const { target, modules } = this.node;
    const where = modules.length ? `module "${modules.at(-1)}"` : 'the model itself';
    throw new Refusal(
      'unsupported-operator',
      `${target}, called by ${where}, cannot be read: ${why}; ${remedy}.`,
    );
  }

  has(name: string): boolean {
    const argument = this.argument(name);
    return isObject(argument) && argument.as_none === undefined;
  }

  tensor(name: string): ProgramValue {
    return this.optional(name) ?? this.refuse(`its argument "${name}" is no tensor`);
  }

  optional(name: string): ProgramValue | undefined {
    const argument = this.argument(name);
    if (!isObject(argument)) return undefined;
    const given = isObject(argument.as_optional_tensor) ? argument.as_optional_tensor : argument;
    return isObject(given.as_tensor) ? this.named(given.as_tensor.name) : undefined;
  }

  tensors(name: string): ProgramValue[] {
    const argument = this.argument(name);
    const given = isObject(argument) ? (argument.as_tensors ?? argument.as_optional_tensors) : undefined;
    if (given === undefined) return this.refuse(`its argument "${name}" is no list of tensors`);
    return list(given).map((one) => {
      const entry = isObject(one) && isObject(one.as_tensor) ? one.as_tensor : one;
      return this.named(isObject(entry) ? entry.name : undefined);
    });
  }

  /** The indices of a list that has one for each axis or none. */
  indices(name: string): { readonly axis: number; readonly index: ProgramValue }[] {
    const argument = this.argument(name);
    const given = isObject(argument) ? (argument.as_optional_tensors ?? argument.as_tensors) : undefined;
    return list(given ?? []).flatMap((one, axis) => {
      const entry = isObject(one) && isObject(one.as_tensor) ? one.as_tensor : one;
      return isObject(entry) && typeof entry.name === 'string'
        ? [{ axis, index: this.named(entry.name) }]
        : [];
    });
  }

  /** The one index of such a list; undefined where there are several. */
  loneIndex(name: string): { readonly axis: number; readonly index: ProgramValue } | undefined {
    const found = this.indices(name);
    return found.length === 1 ? found[0] : undefined;
  }

  /** A number; infinite ones are written as text. */
  number(name: string, fallback?: number): number {
    const argument = this.argument(name);
    if (!isObject(argument) || argument.as_none !== undefined) {
      return fallback ?? this.refuse(`its argument "${name}" is missing`);
    }
    const size = this.computed(argument);
    const value =
      typeof size === 'number' ? size : (argument.as_float ?? argument.as_int ?? argument.as_bool);
    if (typeof value === 'string') return Number(value);
    if (typeof value === 'boolean') return value ? 1 : 0;
    return typeof value === 'number' ? value : this.refuse(`its argument "${name}" is no number`);
  }

  /** Numbers with fractions. */
  numbers(name: string): number[] {
    const argument = this.argument(name);
    const given = isObject(argument) ? argument.as_floats : undefined;
    return list(given ?? []).map((one) =>
      typeof one === 'number' ? one : this.refuse(`its argument "${name}" is no list of numbers`),
    );
  }

  int(name: string, fallback?: number): number {
    const value = this.number(name, fallback);
    return Number.isInteger(value) ? value : this.refuse(`its argument "${name}" is ${value}`);
  }

  flag(name: string, fallback = false): boolean {
    return this.number(name, fallback ? 1 : 0) !== 0;
  }

  text(name: string, fallback: string): string {
    const argument = this.argument(name);
    return isObject(argument) && typeof argument.as_string === 'string' ? argument.as_string : fallback;
  }

  /** Whole numbers, one standing for a list of one. */
  ints(name: string, fallback?: readonly number[]): readonly number[] {
    const all = this.sizes(name, fallback);
    return all.map((one) =>
      typeof one === 'number' ? one : this.refuse(`its argument "${name}" is computed`),
    );
  }

  /** Whole numbers, some of them computed sizes. */
  sizes(name: string, fallback?: readonly number[]): readonly Count[] {
    const argument = this.argument(name);
    if (!isObject(argument) || argument.as_none !== undefined) {
      return fallback ?? this.refuse(`its argument "${name}" is missing`);
    }
    const { as_int: one, as_ints: many, as_sym_int: computed, as_sym_ints: mixed } = argument;
    const fraction = argument.as_float ?? argument.as_sym_float;
    const given = many ?? mixed ?? [one ?? computed ?? fraction ?? null];
    return list(given as Json).map((entry) => this.count(entry, name));
  }

  /** The size that stands there and is known only when the model runs. */
  computedSize(name: string): ComputedCount | undefined {
    const size = this.computed(this.argument(name));
    return typeof size === 'number' ? undefined : size;
  }

  private computed(argument: Json | undefined): Count | undefined {
    const one = isObject(argument) ? (argument.as_sym_int ?? argument.as_sym_float) : undefined;
    return isObject(one) && typeof one.as_name === 'string' ? this.counts.get(one.as_name) : undefined;
  }

  size(name: string, fallback?: number): Count {
    return this.sizes(name, fallback === undefined ? undefined : [fallback])[0]!;
  }

  /** Window sizes of one axis may be given once for all. */
  window(name: string, rank: number, fallback?: number): number[] {
    const given = this.ints(name, fallback === undefined ? undefined : [fallback]);
    return given.length === rank ? [...given] : Array.from({ length: rank }, () => given[0] ?? fallback ?? 1);
  }

  axis(name: string, rank: number, fallback?: number): number {
    return this.positive(this.int(name, fallback), rank);
  }

  axes(name: string, rank: number): number[] {
    const given = this.has(name) ? this.ints(name) : [];
    const all = given.length ? given : Array.from({ length: rank }, (_, axis) => axis);
    return all.map((axis) => this.positive(axis, rank));
  }

  positive(axis: number, rank: number): number {
    const at = axis < 0 ? axis + rank : axis;
    return at >= 0 && at < Math.max(1, rank) ? at : this.refuse(`it has no axis ${axis}`);
  }

  /** What was traced of the output. */
  output(index = 0): { readonly name: string; readonly dims: readonly Size[]; readonly dtype: DataType } {
    const name = this.node.outputs[index];
    const meta = typeof name === 'string' ? this.program.tensors.get(name) : undefined;
    if (typeof name !== 'string' || !meta) return this.refuse('its output has no type');
    return { name, dims: meta.sizes, dtype: elementType(meta.dtype).dtype };
  }

  /** The code of an element type that is asked for; undefined where none is. */
  scalarType(name: string): DataType | undefined {
    const argument = this.argument(name);
    const code = isObject(argument) ? argument.as_scalar_type : undefined;
    return typeof code === 'number' ? elementType(code).dtype : undefined;
  }

  /** An axis whose length is written in the program. */
  known(value: ProgramValue, axis: number): number {
    const size = value.dims[axis];
    return typeof size === 'number'
      ? size
      : this.refuse(
          `axis ${axis} of its input has no fixed length`,
          'export it with that length fixed (leave the axis out of dynamic_shapes)',
        );
  }

  /** Whether another node compares this one's argument with −∞, as run_decompositions() does where rows may be masked. */
  isHeldAgainstInfinity(name: string): boolean {
    const nameOf = (given: Json | undefined) =>
      isObject(given) && isObject(given.as_tensor) ? given.as_tensor.name : undefined;
    const own = nameOf(this.argument(name));
    return this.program.nodes.some(({ target, inputs }) => {
      const other = inputs.get('other');
      return (
        target === 'aten.eq.Scalar' &&
        nameOf(inputs.get('self')) === own &&
        isObject(other) &&
        Number(other.as_float) === Number.NEGATIVE_INFINITY
      );
    });
  }

  cast({ tensor, dtype }: ProgramValue, to: DataType): string {
    return dtype === to ? tensor : this.builder.add('Cast', [tensor], { to: int(elementTypeNumber(to)) });
  }

  constantOf(value: ProgramValue): Tensor | undefined {
    return this.builder.constantOf(value.tensor);
  }

  /** One number for each of as many places as the program asks for. @throws Refusal `unsupported-operator` */
  listed(count: number, value: (at: number) => number, most = MOST_LISTED): number[] {
    if (!(Number.isInteger(count) && count >= 0 && count <= most)) this.refuseSize([count]);
    return Array.from({ length: count }, (_, at) => value(at));
  }

  /** What is traced of its outputs is known before they are made. @throws Refusal `unsupported-operator` */
  refuseGiants(): void {
    for (const name of this.node.outputs.flat()) {
      const sizes = this.program.tensors.get(name)?.sizes ?? [];
      const known = sizes.filter((size) => typeof size === 'number');
      if (elementCount(known) > LARGEST) this.refuseSize(known);
    }
  }

  private refuseSize(sizes: readonly number[]): never {
    const shown = sizes.map((size) => size.toLocaleString('en-US')).join(' × ');
    const isNone = sizes.some((size) => !(size >= 0));
    return this.refuse(
      `it makes ${shown} numbers${isNone ? '' : ', more than any time-series classifier needs'}`,
      'the file is broken or not what it seems',
    );
  }

  floats(dims: readonly number[], fill: number): string {
    const count = elementCount(dims);
    if (count > MOST_LISTED) this.refuseSize(dims);
    return this.builder.constant(float32(dims, new Float32Array(count).fill(fill)));
  }

  /** The arguments that stand in the program and that no rule has asked for, with what they say. */
  unread(): readonly (readonly [name: string, value: Json])[] {
    return [...this.node.inputs].filter(([name]) => !this.asked.has(name));
  }

  private argument(name: string): Json | undefined {
    this.asked.add(name);
    return this.node.inputs.get(name);
  }

  private named(name: Json | undefined): ProgramValue {
    if (typeof name !== 'string') return this.refuse('it reads a tensor that is not given by its name');
    return this.values.get(name) ?? this.refuse(`it reads "${name}", which is no tensor made before it`);
  }

  private count(entry: Json, name: string): Count {
    const value = isObject(entry) ? (entry.as_int ?? entry.as_float ?? entry.as_name) : entry;
    if (typeof value === 'number') return Math.max(-LARGEST, Math.min(LARGEST, value));
    const computed = typeof value === 'string' ? this.counts.get(value) : undefined;
    return computed ?? this.refuse(`its argument "${name}" is no size`);
  }
}

/** Writes one operator; gives its tensor outputs in the order of its schema (a list's elements one by one). */
export type Lower = (lowering: Lowering) => ProgramValue | readonly (ProgramValue | undefined)[];
/** By operator without `aten.`, with its overload where that matters. */
export type LowerRules = Readonly<Record<string, Lower>>;
