import type { Finding } from '../../finding.ts';
import { createRandom, drawnOf } from '../../random.ts';
import type { Subject } from '../subject.ts';

/** An audit asks the model some hundred times about each instance: more than these take hours and say the same. */
const MOST_INSTANCES = 2000;
/** Of all audited series together, as the model takes them: 32 MB. */
const MOST_NUMBERS = 2 ** 23;
/** Fewer tell little: so many of long series, too, up to 128 MB, which are made anew where they are too many to be kept. */
const FEWEST_INSTANCES = 200;
const MOST_MADE_ANEW = 2 ** 25;

/** What is audited of a whole file: all of it, or of a large one some instances drawn by chance, which is said. */
export function auditSample(
  { dataset, model }: Pick<Subject, 'dataset' | 'model'>,
  seed: number,
): { readonly positions: readonly number[]; readonly said: readonly Finding[] } {
  const of = dataset.instances.length;
  const { features, steps } = model.classifier.input;
  const longest = steps ?? dataset.instances.reduce((most, { length }) => Math.max(most, length), 1);
  const fitting = (numbers: number) => Math.max(1, Math.floor(numbers / (features * longest)));
  const fewest = Math.min(FEWEST_INSTANCES, fitting(MOST_MADE_ANEW));
  const most = Math.min(MOST_INSTANCES, Math.max(fewest, fitting(MOST_NUMBERS)));
  if (of <= most) return { positions: dataset.instances.map((_, position) => position), said: [] };
  const drawn = drawnOf(of, most, createRandom(seed));
  const sentence = `The file has ${of.toLocaleString('en-US')} instances; ${most.toLocaleString('en-US')} of them, drawn by chance with seed ${seed}, are audited.`;
  return { positions: [...drawn], said: [{ code: 'audit-sample', severity: 'info', sentence }] };
}
