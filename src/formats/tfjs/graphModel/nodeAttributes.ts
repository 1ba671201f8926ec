import type { DataType } from '../../../graph/tensor.ts';
import { Refusal } from '../../../refusal.ts';
import { broken, isObject, listAt, objectAt, type UnknownObject, wholeAt } from '../json.ts';
import type { NodeDef } from './nodeDef.ts';

/** E.g. `Node "model/conv1d/Conv1D" (Conv2D)`. */
export function titleOf({ name, op }: NodeDef): string {
  return `Node "${name}" (${op})`;
}

/** All below give `fallback` where the attribute is left out, and throw Refusal `broken-model` where it is of another kind. */
export function wholeOf(node: NodeDef, name: string, fallback: number): number {
  const value = field(node, name, 'i');
  return value === undefined ? fallback : wholeAt(value, whereOf(node, name));
}

/** @throws Refusal `broken-model` where it is no number */
export function numberOf(node: NodeDef, name: string, fallback: number): number {
  const value = field(node, name, 'f');
  if (value === undefined) return fallback;
  if (typeof value !== 'number') throw broken(whereOf(node, name), 'is not a number');
  return value;
}

/** @throws Refusal `broken-model` where it is neither true nor false */
export function flagOf(node: NodeDef, name: string, fallback = false): boolean {
  const value = field(node, name, 'b');
  if (value === undefined) return fallback;
  if (typeof value !== 'boolean') throw broken(whereOf(node, name), 'is neither true nor false');
  return value;
}

/**
 * Base64 in the file.
 * @throws Refusal `broken-model` where it is no text
 */
export function textOf(node: NodeDef, name: string, fallback: string): string {
  const value = field(node, name, 's');
  return value === undefined ? fallback : decoded(value, whereOf(node, name));
}

/**
 * Empty where the attribute is absent.
 * @throws Refusal `broken-model` where one is no whole number
 */
export function wholesOf(node: NodeDef, name: string): readonly number[] {
  return listOf(node, name, 'i').map((value) => wholeAt(value, whereOf(node, name)));
}

/**
 * Empty where the attribute is absent.
 * @throws Refusal `broken-model` where one is no text
 */
export function textsOf(node: NodeDef, name: string): readonly string[] {
  return listOf(node, name, 's').map((value) => decoded(value, whereOf(node, name)));
}

/** The sizes of a shape, null where they are free; undefined where not even their number is said. */
export function shapeOf(node: NodeDef, name: string): readonly (number | null)[] | undefined {
  const value = field(node, name, 'shape');
  return value === undefined ? undefined : readShape(value, whereOf(node, name));
}

/**
 * Null for a free axis; undefined where even the rank is unknown.
 * @throws Refusal `broken-model`
 */
export function readShape(value: unknown, where: string): readonly (number | null)[] | undefined {
  const shape = objectAt(value, where);
  if (shape.unknownRank === true) return undefined;
  return listAt(shape.dim ?? [], where).map((entry) => {
    const { size } = objectAt(entry, where);
    const whole = size === undefined ? 0 : wholeAt(size, where);
    return whole < 0 ? null : whole;
  });
}

/**
 * What holds values of a TensorFlow type: whole numbers become int64, as ONNX uses for shapes and axes, halves float32.
 * @throws Refusal `unsupported-dtype`
 */
export function typeOf(node: NodeDef, name: string, fallback: DataType): DataType {
  const value = field(node, name, 'type');
  return value === undefined ? fallback : readType(value, titleOf(node));
}

function readType(value: unknown, where: string): DataType {
  const name = typeof value === 'number' ? NUMBERED[value] : value;
  const type = typeof name === 'string' ? TYPES.get(name.replace(/_REF$/, '')) : undefined;
  if (type === undefined) {
    const shown = JSON.stringify(value)?.slice(0, 40);
    throw new Refusal('unsupported-dtype', `${where} has the element type ${shown}, which is not supported.`);
  }
  return type;
}

const TYPES: ReadonlyMap<string, DataType> = new Map(
  Object.entries<DataType>({
    DT_FLOAT: 'float32',
    DT_HALF: 'float32',
    DT_BFLOAT16: 'float32',
    // TensorFlow.js computes in float32.
    DT_DOUBLE: 'float32',
    DT_BOOL: 'bool',
    DT_INT8: 'int64',
    DT_INT16: 'int64',
    DT_INT32: 'int64',
    DT_INT64: 'int64',
    DT_UINT8: 'int64',
    DT_UINT16: 'int64',
  }),
);
/** DataType numbers of TensorFlow's types.proto. */
const NUMBERED: Readonly<Record<number, string>> = {
  1: 'DT_FLOAT',
  2: 'DT_DOUBLE',
  3: 'DT_INT32',
  4: 'DT_UINT8',
  5: 'DT_INT16',
  6: 'DT_INT8',
  9: 'DT_INT64',
  10: 'DT_BOOL',
  14: 'DT_BFLOAT16',
  17: 'DT_UINT16',
  19: 'DT_HALF',
};

function whereOf(node: NodeDef, name: string): string {
  return `${titleOf(node)}: the attribute ${name}`;
}

function attribute(node: NodeDef, name: string): UnknownObject | undefined {
  const value = Object.hasOwn(node.attributes, name) ? node.attributes[name] : undefined;
  return value === undefined || value === null ? undefined : objectAt(value, whereOf(node, name));
}

function field(node: NodeDef, name: string, kind: string): unknown {
  const value = attribute(node, name);
  // What is 0, false or '' may be left out of protobuf's JSON.
  return value?.[kind] ?? undefined;
}

function listOf(node: NodeDef, name: string, kind: string): readonly unknown[] {
  const list = attribute(node, name)?.list;
  if (list === undefined || list === null) return [];
  if (!isObject(list)) throw broken(whereOf(node, name), 'is not a list');
  return listAt(list[kind] ?? [], whereOf(node, name));
}

/** Base64, or the codes of the characters. */
function decoded(value: unknown, where: string): string {
  if (typeof value === 'string') return Buffer.from(value, 'base64').toString('latin1');
  const codes = listAt(value, where).map((code) => wholeAt(code, where) & 0xff);
  return Buffer.from(codes).toString('latin1');
}
