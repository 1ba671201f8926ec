import { Refusal } from '../../refusal.ts';
import { int } from '../attributes.ts';
import type { Attributes } from '../graph.ts';
import type { Field } from '../receptive/field.ts';
import { standing } from '../receptive/standing.ts';
import { float32, int64, type Tensor } from '../tensor.ts';

/** What masks are written with: a graph while it grows. */
export interface NodeWriter {
  add(op: string, inputs: readonly string[], attributes?: Attributes): string;
  constant(value: Tensor): string;
  ints(values: readonly number[]): string;
}

/** How many positions `tensor` has along an axis: an int64 scalar that is known when the graph runs. */
export function lengthOf(writer: NodeWriter, tensor: string, axis: number): string {
  return writer.add('Gather', [writer.add('Shape', [tensor]), writer.constant(int64([], [axis]))], {
    axis: int(0),
  });
}

/** 0, 1, … as float32 [1, P]. */
export function places(writer: NodeWriter, length: string): string {
  const [zero, one] = [writer.constant(int64([], [0])), writer.constant(int64([], [1]))];
  const range = writer.add('Cast', [writer.add('Range', [zero, length, one])], { to: int(1) });
  return writer.add('Reshape', [range, writer.ints([1, -1])]);
}

/**
 * Input step nearest to where each of P positions stands, int64 [P], where P and T are known when the graph runs.
 * @throws Refusal `cannot-mask` where the positions follow no rule
 */
export function nearest(
  writer: NodeWriter,
  field: Field,
  length: string,
  mask: string,
  said: string,
): string {
  const { jump, regular, slot } = field;
  if (!regular && slot === undefined) {
    throw new Refusal(
      'cannot-mask',
      `Where the positions of "${said}" lie follows no rule that holds for any number of steps; export the model for a fixed number of them, and mask that.`,
    );
  }
  const number = (value: number) => writer.constant(float32([], [value]));
  const last = writer.add('Sub', [
    writer.add('Cast', [lengthOf(writer, mask, 1)], { to: int(1) }),
    number(1),
  ]);
  const centre = writer.add('Add', [
    writer.add('Mul', [places(writer, length), number(jump)]),
    number((slot ?? standing(field)[0] ?? 0) + 0.5),
  ]);
  const within = writer.add('Min', [writer.add('Max', [writer.add('Floor', [centre]), number(0)]), last]);
  return writer.add('Reshape', [writer.add('Cast', [within], { to: int(7) }), writer.ints([-1])]);
}
