/** A field of a struct in Thrift's compact protocol: its number, and a value by its kind. */
type Field = readonly [id: number, value: Value];
type Value =
  | { readonly i32: number }
  | { readonly i64: number | bigint }
  | { readonly text: string }
  | { readonly struct: readonly Field[] }
  | { readonly bool: boolean }
  /** `claimed` where the list says that it has another length. */
  | { readonly list: readonly Value[]; readonly claimed?: number }
  /** Any bytes in place of a value. */
  | { readonly raw: readonly number[]; readonly kind: number };

export type { Field, Value };

export function varint(value: number | bigint): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return [...bytes, Number(rest)];
}

export const zigzag = (value: number | bigint): number[] =>
  varint((BigInt(value) << 1n) ^ (BigInt(value) >> 63n));

export function struct(fields: readonly Field[]): number[] {
  let before = 0;
  const bytes = fields.flatMap(([id, value]) => {
    const head = ((id - before) << 4) | kindOf(value);
    before = id;
    return [head, ...('bool' in value ? [] : bytesOf(value))];
  });
  return [...bytes, 0];
}

function kindOf(value: Value): number {
  if ('raw' in value) return value.kind;
  if ('bool' in value) return value.bool ? 1 : 2;
  if ('i32' in value) return 5;
  if ('i64' in value) return 6;
  if ('text' in value) return 8;
  return 'list' in value ? 9 : 12;
}

function bytesOf(value: Value): number[] {
  if ('raw' in value) return [...value.raw];
  if ('bool' in value) return [value.bool ? 1 : 2];
  if ('i32' in value) return zigzag(value.i32);
  if ('i64' in value) return zigzag(value.i64);
  if ('text' in value) return [...varint(value.text.length), ...Buffer.from(value.text, 'latin1')];
  if ('struct' in value) return struct(value.struct);
  const { list, claimed = list.length } = value;
  const kind = list[0] ? kindOf(list[0]) : 12;
  return [0xf0 | kind, ...varint(claimed), ...list.flatMap(bytesOf)];
}
