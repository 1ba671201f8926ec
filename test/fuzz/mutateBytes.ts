import type { Dice } from './dice.ts';

const BYTES = [0, 1, 0x7f, 0x80, 0xff, 0x22, 0x2c, 0x0a, 0x5b, 0x7b];
const WHOLE = [
  0n,
  1n,
  0x7fffffffn,
  0x80000000n,
  0xffffffffn,
  0x7fffffffffffffffn,
  0xffffffffffffffffn,
  4096n,
];
/** A mutant is a small file. */
const MOST = 2 ** 22;

type Change = (bytes: Uint8Array, dice: Dice) => Uint8Array;

const changes: readonly Change[] = [
  (bytes, dice) => withByte(bytes, dice.below(bytes.length), (old) => old ^ (1 << dice.below(8))),
  (bytes, dice) => withByte(bytes, dice.below(bytes.length), () => dice.pick(BYTES)),
  (bytes, dice) => {
    const size = dice.pick([2, 4, 8]);
    const at = dice.below(bytes.length);
    const value = dice.pick(WHOLE);
    return Uint8Array.from(bytes, (old, i) =>
      i >= at && i < at + size ? Number((value >> BigInt(8 * (i - at))) & 0xffn) : old,
    );
  },
  (bytes, dice) => {
    const [from, to] = range(bytes, dice);
    return joined(bytes.subarray(0, from), bytes.subarray(to));
  },
  (bytes, dice) => {
    const [from, to] = range(bytes, dice);
    return joined(bytes.subarray(0, to), bytes.subarray(from));
  },
  (bytes, dice) => {
    const [from, to] = range(bytes, dice);
    const times = Math.min(dice.pick([10, 1000, 100_000]), Math.ceil(MOST / Math.max(1, to - from)));
    return joined(
      bytes.subarray(0, to),
      ...Array<Uint8Array>(times).fill(bytes.subarray(from, to)),
      bytes.subarray(to),
    );
  },
  (bytes, dice) => bytes.subarray(0, dice.below(bytes.length)),
  (bytes, dice) => {
    const at = dice.below(bytes.length);
    const noise = Uint8Array.from({ length: 1 + dice.below(64) }, () => dice.below(256));
    return joined(bytes.subarray(0, at), noise, bytes.subarray(at));
  },
];

/** Without knowing what the bytes mean. */
export function mutateBytes(bytes: Uint8Array, dice: Dice): Uint8Array {
  let changed = bytes;
  for (let i = 1 + dice.below(4); i > 0 && changed.length > 0; i--)
    changed = dice.pick(changes)(changed, dice);
  return changed.subarray(0, MOST);
}

/** The beginning of one and the end of another. */
export function splice(one: Uint8Array, other: Uint8Array, dice: Dice): Uint8Array {
  return joined(one.subarray(0, dice.below(one.length)), other.subarray(dice.below(other.length)));
}

function range(bytes: Uint8Array, dice: Dice): [number, number] {
  const from = dice.below(bytes.length);
  return [from, Math.min(bytes.length, from + 1 + dice.below(dice.pick([4, 64, 1024])))];
}

function withByte(bytes: Uint8Array, at: number, change: (old: number) => number): Uint8Array {
  // Of a Buffer, `slice` would share its memory with the seed.
  const copy = Uint8Array.from(bytes);
  copy[at] = change(copy[at]!);
  return copy;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}
