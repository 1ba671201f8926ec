import type { Finding } from '../../finding.ts';
import { createRandom } from '../../random.ts';
import { areHeld } from '../../training/madeNumbers.ts';
import type { Subject } from '../subject.ts';

/** Of all series together, as the model takes them: 32 MB. */
const MOST_NUMBERS = 2 ** 23;
/** Fewer tell little: so many of long series, too, which are made anew where they are too many to be kept. */
const FEWEST_INSTANCES = 200;
/** Of a class that would be too rare among those drawn. */
const FEWEST_OF_A_CLASS = 20;

/** What a repair learns from or is judged on: all of a file, or of one whose series are not kept in memory some. */
export function repairSample(
  { dataset, model }: Pick<Subject, 'dataset' | 'model'>,
  seed: number,
  file: string,
): { readonly positions: readonly number[] | undefined; readonly said: readonly Finding[] } {
  const { instances } = dataset;
  const { features, steps } = model.classifier.input;
  const each = features * (steps ?? instances.reduce((most, { length }) => Math.max(most, length), 1));
  if (areHeld(instances.length, each)) return { positions: undefined, said: [] };
  const most = Math.max(FEWEST_INSTANCES, Math.floor(MOST_NUMBERS / each));
  if (instances.length <= most) return { positions: undefined, said: [] };
  const positions = drawn(
    instances.map(({ label }) => label),
    most,
    seed,
  );
  const [all, some] = [instances.length, positions.length].map((count) => count.toLocaleString('en-US'));
  const sentence = `${file} has ${all} instances; ${some} of them, drawn class by class with seed ${seed}, are used.`;
  return { positions, said: [{ code: 'repair-sample', severity: 'info', sentence }] };
}

/** Each class has its share, and a rare one some more. @returns positions, ascending */
function drawn(labels: readonly (string | undefined)[], most: number, seed: number): number[] {
  const classes = new Map<string | undefined, number[]>();
  for (const position of createRandom(seed).permutation(labels.length)) {
    const members = classes.get(labels[position]) ?? [];
    classes.set(labels[position], members);
    members.push(position);
  }
  const share = most / labels.length;
  return [...classes.values()]
    .flatMap((members) => members.slice(0, Math.max(FEWEST_OF_A_CLASS, Math.round(share * members.length))))
    .sort((a, b) => a - b);
}
