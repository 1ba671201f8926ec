import { centres, type Field } from './field.ts';

/** Further beyond the ends of the input than even kernels reach. */
const OFF = 0.5;

/** Shorter pieces are positions put in another order rather than branches of their own. */
const FEWEST = 4;

/**
 * Where each position stands, in input steps: in the middle of its window. Where the ends of the input cut the windows on
 * one side alone (causal convolutions), positions that read it would stand before it and none at its end; then all stand
 * as much further on as the first of them lacks, so that p is at the step up to which it reads, as in a recurrence; what
 * is cut from such a tensor stays where it was, and what follows goes on from there (`moved`). Of a branch that reads the
 * series turned round that is the step back to which it reads; of branches one behind the other each has its own.
 * @returns [positions] may be fractional, or outside the input where a position reads nothing of it
 */
export function standing(field: Field): Float64Array {
  const { slot, regular, jump, moved } = field;
  if (slot !== undefined && regular && jump === 1) return Float64Array.from(field.from, (_, p) => slot + p);
  const all = centres(field);
  if (regular && moved) return all;
  const pieces = piecesOf(all);
  if (pieces.length > 1 && pieces.some((piece) => piece.length < FEWEST)) return all;
  const found = all.slice();
  for (const piece of pieces) {
    const by = shiftOf(field, all, piece);
    for (const p of piece) found[p] = all[p]! + by;
  }
  return found;
}

/** Positions one behind the other whose centres go one way, in the order of the centres. */
function piecesOf(all: Float64Array): number[][] {
  const pieces: number[][] = [];
  let way = 0;
  let piece: number[] = [];
  const end = () => {
    if (piece.length > 0) pieces.push(way < 0 ? piece.reverse() : piece);
  };
  for (let p = 0; p < all.length; p++) {
    const step = piece.length === 0 ? 0 : Math.sign(all[p]! - all[p - 1]!);
    if (step !== 0 && way !== 0 && step !== way) {
      end();
      [piece, way] = [[], 0];
    } else if (step !== 0) way = step;
    piece.push(p);
  }
  end();
  return pieces;
}

/** @param piece positions in the order of their centres */
function shiftOf({ from, to }: Field, all: Float64Array, piece: readonly number[]): number {
  const reading = piece.filter((p) => from[p]! < to[p]!);
  const [first, last] = [reading[0], reading.at(-1)];
  if (first === undefined || last === undefined) return 0;
  let [start, end] = [from[first]!, to[first]!];
  for (const p of reading) {
    start = Math.min(start, from[p]!);
    end = Math.max(end, to[p]!);
  }
  const middle = (p: number) => (from[p]! + to[p]! - 1) / 2;
  const before = start - all[first]!;
  const behind = all[last]! - (end - 1);
  // Where some read nothing the series is shifted, and the others stand where it has gone.
  const isWhole = reading.length === piece.length;
  const further =
    before > OFF ? shiftInto(middle(first) - all[first]!, -behind, isWhole ? before : undefined) : 0;
  const back = behind > OFF ? shiftInto(all[last]! - middle(last), -before, isWhole ? behind : undefined) : 0;
  return further > 0 ? further : back > 0 ? -back : 0;
}

/**
 * @param lacking how far the outermost one is from the middle of what it reads
 * @param room up to the other end; less where a tail follows that is cut off further on, far less than 0 where both ends
 * are overhung
 * @param outside how far the outermost one stands outside, where it may stand at the end whatever the tail
 */
function shiftInto(lacking: number, room: number, outside?: number): number {
  if (outside === undefined) return Math.min(lacking, room);
  return lacking > -2 * room ? Math.min(lacking, Math.max(room, outside)) : 0;
}
