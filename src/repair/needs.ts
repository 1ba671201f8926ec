import type { Estimate } from '../padding/audit.ts';
import { percent } from '../padding/wording.ts';
import { Refusal } from '../refusal.ts';
import type { Arm } from './armNames.ts';
import { classCalled } from './classCalled.ts';
import { unseenClasses } from './unseenClasses.ts';

/** Labelled instances that a repair is judged on. */
export const FEWEST = 20;
const FEWEST_OF_A_CLASS = 5;
/** Fewer are enough for the convex fit of one layer, not for training. */
export const FEWEST_TO_TRAIN = 60;
/** Share of right answers that reading backwards may cost before order or direction counts as the class. */
const ORDER_HARM = 0.1;

/** What of model and data decides which repairs there are. */
export interface Facts {
  /** Instances a repair learns from. */
  readonly labels: readonly number[];
  readonly classes: readonly string[];
  /** Why the model cannot be masked. */
  readonly unmaskable?: string;
  /** Why the model does not end in a linear layer. */
  readonly noLinear?: string;
  /** Loss of right answers when every series is read backwards. */
  readonly backwards: Estimate;
}

const NEEDS_MASK: readonly Arm[] = ['masked', 'head', 'fine-tune'];
const NEEDS_LINEAR: readonly Arm[] = ['head', 'head-random-length'];
const TRAINS: readonly Arm[] = ['fine-tune', 'random-length'];
const REFLECTS: readonly Arm[] = ['head-random-length', 'random-length'];

/** @param those what is counted, where it is not all of the file @throws Refusal `too-few-instances` or `one-class`, where nothing can be repaired or judged */
export function mustSuffice(
  { labels, classes }: Pick<Facts, 'labels' | 'classes'>,
  file: string,
  those = 'instances',
): void {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  if (counts.size < 2) {
    throw new Refusal(
      'one-class',
      `${those === 'instances' ? `Every instance of ${file}` : `Of the ${labels.length} ${those} in ${file} every one`} is of ${classCalled(classes, labels[0] ?? 0)}: a repair learns to tell classes apart, so give it instances of at least two.`,
    );
  }
  const [least, of] = [...counts]
    .map(([cls, count]) => [count, cls] as const)
    .sort((a, b) => a[0] - b[0])[0]!;
  if (labels.length < FEWEST || least < FEWEST_OF_A_CLASS) {
    throw new Refusal(
      'too-few-instances',
      `${file} has ${labels.length} ${those}, ${least} of ${classCalled(classes, of)}: a repair needs at least ${FEWEST}, and ${FEWEST_OF_A_CLASS} of every class, or it would learn and judge by chance.`,
    );
  }
}

/** Why an arm is not tried; `asked` also tries what these data speak against. */
export function whyNot(arm: Arm, facts: Facts, asked: boolean): string | undefined {
  const { labels, unmaskable, noLinear, backwards } = facts;
  if (unmaskable !== undefined && NEEDS_MASK.includes(arm))
    return `The model cannot be masked: ${unmaskable}`;
  if (noLinear !== undefined && NEEDS_LINEAR.includes(arm)) return noLinear;
  if (TRAINS.includes(arm) && labels.length < FEWEST_TO_TRAIN) {
    return `There are ${labels.length} instances to learn from; training needs at least ${FEWEST_TO_TRAIN}, the fit of the last layer does with fewer.`;
  }
  const unseen = arm === 'masked' || asked ? undefined : unseenClasses(labels, facts.classes);
  if (unseen !== undefined)
    return `There is no series of ${unseen} to learn from: what learns from the other classes alone may unlearn it.`;
  if (!asked && REFLECTS.includes(arm) && backwards.value > ORDER_HARM && backwards.interval[0] > 0) {
    return `Read backwards, ${percent(backwards.value)} of the series lose their right answer: order or direction carries the class, which reflected copies would take away.`;
  }
  return undefined;
}
