import { listed } from '../../format.ts';
import { Refusal } from '../../refusal.ts';
import type { DataOptions } from '../dataOptions.ts';
import type { ArrayRoles } from './arrayNames.ts';
import type { NpyArray } from './readNpy.ts';
import type { Npz } from './readNpz.ts';

/** The arrays beside x, checked against its shape. */
export class SideArrays {
  readonly #arrays: Npz;
  readonly #fileName: string;
  readonly #instances: number;
  readonly #length: number;

  constructor(arrays: Npz, fileName: string, { instances, length }: { instances: number; length: number }) {
    this.#arrays = arrays;
    this.#fileName = fileName;
    this.#instances = instances;
    this.#length = length;
  }

  /** A list of `count` names; undefined where the file has none. @throws Refusal `array-shape` */
  texts(name: string, count: number): string[] | undefined {
    const array = this.#arrays.get(name);
    if (!array) {
      return undefined;
    }
    const chosen = fromOneHot(array, count);
    if (chosen) return chosen.map(String);
    this.#checkShape(name, array, [count]);
    return Array.from(array.data as ArrayLike<unknown>, String);
  }

  /** As `texts`; rows [N, K] of real numbers become `0.5 1.25`, a blank between them. @throws Refusal `array-shape` */
  labels(name: string, count: number): string[] | undefined {
    const array = this.#arrays.get(name);
    const [rows, width = 0] = array?.dims ?? [];
    const isTable = array?.dims.length === 2 && rows === count && width > 1 && array.dtype !== 'text';
    if (!isTable || fromOneHot(array, count)) return this.texts(name, count);
    const cells = Array.from(array.data as ArrayLike<unknown>, String);
    return Array.from({ length: count }, (_, row) => cells.slice(row * width, (row + 1) * width).join(' '));
  }

  /**
   * [L] per instance, 1 on real steps, from the mask array or the lengths.
   * @throws Refusal `unknown-array`, `array-shape`, `bad-mask`, `bad-length`, `mask-lengths`
   */
  masks(
    { maskColumn, lengthColumn }: DataOptions,
    roles: Pick<ArrayRoles, 'mask' | 'lengths'>,
  ): { masks: Uint8Array[]; origin: string } | undefined {
    if (maskColumn !== undefined || lengthColumn === undefined) {
      const mask = this.#wanted(maskColumn, roles.mask === undefined ? [] : [roles.mask]);
      const masks = mask && this.#fromMask(...mask);
      const lengths =
        maskColumn === undefined
          ? this.#wanted(undefined, roles.lengths === undefined ? [] : [roles.lengths])
          : undefined;
      const byLength = lengths && this.#fromLengths(...lengths, 'end');
      if (masks && byLength) {
        this.#compare(masks, byLength);
      }
      const origin = mask ? `array ${mask[0]} in the file` : `array ${lengths?.[0]} in the file`;
      const found = masks ?? byLength;
      return found && { masks: found, origin };
    }
    const [name, array] = this.#wanted(lengthColumn.column, [])!;
    return { masks: this.#fromLengths(name, array, lengthColumn.side), origin: `array ${name} in the file` };
  }

  #wanted(name: string | undefined, usual: readonly string[]): [string, NpyArray] | undefined {
    if (name !== undefined && !this.#arrays.names.includes(name)) {
      throw new Refusal(
        'unknown-array',
        `${this.#fileName} has no array "${name}"; it holds ${listed(this.#arrays.names, 12)}.`,
      );
    }
    const found = name ?? usual.find((candidate) => this.#arrays.names.includes(candidate));
    return found === undefined ? undefined : [found, this.#arrays.get(found)!];
  }

  #fromMask(name: string, array: NpyArray): Uint8Array[] {
    const plain = perStep(array, this.#instances, this.#length);
    this.#checkShape(name, plain, [this.#instances, this.#length]);
    const values = Uint8Array.from(plain.data as ArrayLike<unknown>, (value, at) => {
      const flag = Number(value);
      if (flag !== 0 && flag !== 1) {
        throw new Refusal(
          'bad-mask',
          `${this.#fileName}: ${name}[${this.#index(at)}] is ${String(value)}; a mask is 1 on real steps and 0 on padding.`,
        );
      }
      return flag;
    });
    return Array.from({ length: this.#instances }, (_, instance) => {
      return values.slice(instance * this.#length, (instance + 1) * this.#length);
    });
  }

  #fromLengths(name: string, array: NpyArray, side: 'end' | 'front'): Uint8Array[] {
    this.#checkShape(name, array, [this.#instances]);
    return Array.from(array.data as ArrayLike<unknown>, (value, instance) => {
      const real = Number(value);
      if (!Number.isInteger(real) || real < 1 || real > this.#length) {
        throw new Refusal(
          'bad-length',
          `${this.#fileName}: ${name}[${instance}] is ${String(value)}; a length is a whole number from 1 to ${this.#length}.`,
        );
      }
      const first = side === 'end' ? 0 : this.#length - real;
      return new Uint8Array(this.#length).fill(1, first, first + real);
    });
  }

  #compare(masks: readonly Uint8Array[], byLength: readonly Uint8Array[]): void {
    const sum = (mask: Uint8Array): number => mask.reduce((total, value) => total + value, 0);
    const other = masks.findIndex((mask, instance) => sum(mask) !== sum(byLength[instance]!));
    if (other >= 0) {
      throw new Refusal(
        'mask-lengths',
        `${this.#fileName}: mask and lengths disagree on instance ${other} (${sum(masks[other]!)} against ${sum(byLength[other]!)} real steps); leave one of them out.`,
      );
    }
  }

  #checkShape(name: string, array: NpyArray, dims: readonly number[]): void {
    const found =
      array.dims.length === dims.length + 1 && array.dims.at(-1) === 1 ? array.dims.slice(0, -1) : array.dims;
    if (found.length !== dims.length || dims.some((dim, axis) => dim !== found[axis])) {
      throw new Refusal(
        'array-shape',
        `${this.#fileName}: array "${name}" has shape (${array.dims.join(', ')}), (${dims.join(', ')}) is expected beside x.`,
      );
    }
  }

  #index(at: number): string {
    return `${Math.floor(at / this.#length)}, ${at % this.#length}`;
  }
}

/** A mask [N, 1, L], [N, F, L] or [N, L, F] that says the same of every feature, as [N, L]; any other as it is. */
function perStep(array: NpyArray, instances: number, length: number): NpyArray {
  const { dims, data } = array;
  const [rows, a, b] = dims;
  const last = b === length;
  if (dims.length !== 3 || rows !== instances || !(last || a === length)) return array;
  const features = last ? a! : b!;
  const at = (row: number, step: number, feature: number) =>
    row * length * features + (last ? feature * length + step : step * features + feature);
  const values = new Float64Array(instances * length);
  for (let row = 0; row < instances; row++) {
    for (let step = 0; step < length; step++) {
      const value = Number(data[at(row, step, 0)]);
      for (let feature = 1; feature < features; feature++) {
        if (Number(data[at(row, step, feature)]) !== value) return array;
      }
      values[row * length + step] = value;
    }
  }
  return { dims: [instances, length], data: values, dtype: 'float64' };
}

/** The class of each row [N, C] that holds a single 1 beside zeros; undefined where a row does not. */
function fromOneHot({ dims, data, dtype }: NpyArray, count: number): number[] | undefined {
  const [rows, classes] = dims;
  if (dtype === 'text' || dims.length !== 2 || rows !== count || classes! < 2) return undefined;
  const values = Array.from(data as ArrayLike<unknown>, Number);
  const chosen = Array.from({ length: count }, (_, row) => {
    const cells = values.slice(row * classes!, (row + 1) * classes!);
    const ones = cells.filter((cell) => cell === 1).length;
    return ones === 1 && cells.every((cell) => cell === 0 || cell === 1) ? cells.indexOf(1) : -1;
  });
  return chosen.includes(-1) ? undefined : chosen;
}
