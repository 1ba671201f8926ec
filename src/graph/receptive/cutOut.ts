import { type Field, pick, slotted } from './field.ts';
import { standing } from './standing.ts';

/**
 * A part of the positions, one behind the other: each stays where it stood, also where that was not the middle of its
 * window, and where windows had gone on beyond both ends, it is the end left that says which one it stands for.
 * @param steps of the model's input
 */
export function cutOut(field: Field, steps: number, indices: readonly number[]): Field {
  const whole = slotted(field, steps);
  const part = pick(whole, indices);
  const [first] = standing(whole);
  if (!whole.regular || !part.regular || first === undefined || part.from.length === 0) return part;
  const by = first - whole.start + chomped(whole, indices);
  return by === 0 && whole.moved === undefined
    ? part
    : { ...part, moved: { by, before: 0, behind: 0, over: 0 } };
}

/** By how many steps positions move where all that windows added beyond the ends is cut off at one of them. */
function chomped({ from, jump, moved }: Field, indices: readonly number[]): number {
  const over = moved?.over ?? 0;
  const isRest = over > 0 && indices.length === from.length - over && indices[1] === indices[0]! + 1;
  if (!isRest) return 0;
  return indices[0] === 0 ? (over / 2) * jump : indices[0] === over ? (-over / 2) * jump : 0;
}
