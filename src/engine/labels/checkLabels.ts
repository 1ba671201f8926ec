import { askInGroups } from '../../attribution/askInGroups.ts';
import { argmax } from '../../attribution/probabilities.ts';
import type { Dataset, Instance } from '../../data/dataset.ts';
import { rowsPerRun } from '../../graph/rowsPerRun.ts';
import type { Prepared } from '../../preprocess/prepared.ts';
import { Refusal } from '../../refusal.ts';
import type { CallContext } from '../contract.ts';
import type { OpenModel } from '../models.ts';
import type { Sessions } from '../sessions.ts';
import type { Subject } from '../subject.ts';
import { type LabelOrder, labelOrder } from './labelOrder.ts';

/** Labelled instances that are run; of more, some of each label. */
const MOST_ASKED = 60;
const MOST_PER_RUN = 16;

/** What the check asks of the rest of the engine. */
interface Means {
  readonly sessions: Sessions;
  readonly prepare: (instance: Instance) => Prepared;
  readonly modelFor: (steps: number) => Promise<OpenModel>;
}

const done = new WeakMap<Dataset, Map<string, Promise<LabelOrder>>>();

/**
 * Runs labelled instances of a file and compares labels with predictions. Kept while the file is.
 * @param basis all that the answers hang on beside the file
 */
export function checkLabels(
  subject: Subject,
  basis: string,
  means: Means,
  context: CallContext,
): Promise<LabelOrder> {
  const known = done.get(subject.dataset) ?? new Map<string, Promise<LabelOrder>>();
  done.set(subject.dataset, known);
  const key = JSON.stringify([subject.model.key, subject.names.names, basis]);
  const before = known.get(key);
  if (before) return before;
  const checked = check(subject, means, context);
  known.set(key, checked);
  checked.catch(() => known.delete(key));
  return checked;
}

async function check(
  { dataset, names }: Subject,
  means: Means,
  { signal }: CallContext,
): Promise<LabelOrder> {
  const labels: string[] = [];
  const predicted: number[] = [];
  const prepared = someOfEach(dataset.instances).flatMap((instance) => {
    const input = preparedOrNot(instance, means);
    return input ? [{ input, label: instance.label! }] : [];
  });
  for (const steps of new Set(prepared.map(({ input }) => input.steps))) {
    const alike = prepared.filter(({ input }) => input.steps === steps);
    const { classifier, ...model } = await means.modelFor(steps);
    const session = await means.sessions.plain({ classifier, ...model });
    const asking = {
      ...{ session, steps, logits: classifier.logits, most: rowsPerRun(classifier, MOST_PER_RUN) },
      beforeRun: () => signal?.throwIfAborted(),
    };
    const rows = await askInGroups(
      classifier,
      alike.map(({ input }) => input),
      asking,
    );
    for (const [i, row] of rows.entries()) {
      labels.push(alike[i]!.label);
      predicted.push(argmax(row));
    }
  }
  const labelled = dataset.instances.filter(({ label }) => label !== undefined).length;
  return { ...labelOrder(labels, predicted, names), labelled };
}

/** All where they are few enough; else of each label, spread over the file, what the rarer ones leave. */
function someOfEach(instances: readonly Instance[]): Instance[] {
  const of = new Map<string, Instance[]>();
  for (const instance of instances) {
    if (instance.label === undefined) continue;
    const list = of.get(instance.label);
    if (list) list.push(instance);
    else of.set(instance.label, [instance]);
  }
  let left = MOST_ASKED;
  const lists = [...of.values()].slice(0, MOST_ASKED);
  const taken = new Map<Instance[], Instance[]>();
  for (const [i, list] of lists.toSorted((a, b) => a.length - b.length).entries()) {
    const each = Math.min(list.length, Math.floor(left / (lists.length - i)));
    left -= each;
    taken.set(
      list,
      Array.from({ length: each }, (_, k) => list[Math.floor((k * list.length) / each)]!),
    );
  }
  return lists.flatMap((list) => taken.get(list)!);
}

/** One that cannot be prepared says so when it is looked at. */
function preparedOrNot(instance: Instance, { prepare }: Means): Prepared | undefined {
  try {
    return prepare(instance);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
