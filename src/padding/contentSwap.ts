import type { Random } from '../random.ts';
import type { Pair, Transplants } from './transplants.ts';

/** How many altered series the content swap may put to the model. */
const MOST_ASKED = 8000;
/** An instance meets at least this many other contents. */
const FEWEST_DONORS = 10;

/** Positions of the instances whose content is lent, spread evenly over the classes; everybody where that is affordable. */
export function chooseDonors(labels: readonly number[], random: Random): readonly number[] {
  const n = labels.length;
  const classes = new Set(labels);
  const affordable = Math.max(FEWEST_DONORS, Math.floor(MOST_ASKED / n));
  if (affordable >= n) return labels.map((_, i) => i);
  const each = Math.ceil(affordable / classes.size);
  const taken = new Map<number, number>();
  return Array.from(random.permutation(n)).filter((i) => {
    const already = taken.get(labels[i]!) ?? 0;
    taken.set(labels[i]!, already + 1);
    return already < each;
  });
}

/**
 * Every instance with every donor's content at its own length.
 * @returns [n, donors] 1 where the model still gives the instance's label, 0 where not, 255 where the donor is itself
 */
export async function swapContents(
  labels: readonly number[],
  donors: readonly number[],
  transplants: Transplants,
): Promise<Uint8Array> {
  const pairs = labels.flatMap((_, frame) => donors.map((donor): Pair => [donor, frame]));
  const predicted = await transplants.predicted(pairs);
  return Uint8Array.from(pairs, ([donor, frame], cell) => {
    if (donor === frame) return 255;
    return predicted[cell] === labels[frame] ? 1 : 0;
  });
}
