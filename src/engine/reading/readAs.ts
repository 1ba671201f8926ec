import type { ReadingPlan } from '../../data/reading/readingPlan.ts';
import type { LabelOrder } from '../labels/labelOrder.ts';

/** What came of one way: how it reads, or in one sentence why it does not. */
export type Tried =
  | { readonly kind: 'read'; readonly read: ReadAs }
  | { readonly kind: 'refused'; readonly sentence: string };

/** A file as one way reads it. */
export interface ReadAs {
  readonly plan: ReadingPlan;
  /** The first instances as they are read. */
  readonly first: readonly FirstSteps[];
  /** Absent without a model, or where the model does not take what was read: then `fault` says why. */
  readonly answer?: WayAnswer;
  readonly fault?: string;
  /** How labels and predictions go together, where the file has labels. */
  readonly agreement?: LabelOrder;
}

/** The beginning of an instance, raw. */
export interface FirstSteps {
  readonly id: string;
  readonly label?: string;
  /** What was measured in place of a label. */
  readonly measured?: string;
  /** Steps in the file, and how many of them are real. */
  readonly length: number;
  readonly real: number;
  /** [feature][step], the first few of both; null where there is no number. */
  readonly values: readonly (readonly (number | null)[])[];
  /** Whether each of these steps is real. */
  readonly mask: readonly boolean[];
}

/** What the model says of the instance being looked at. */
export interface WayAnswer {
  readonly predicted: string;
  /** The outputs are numbers: `p` and `pBefore` are the value of one. */
  readonly isValue?: true;
  /** Probability of the predicted class. */
  readonly p: number;
  /** Of the class that the first way predicts. */
  readonly pBefore: number;
  /** Steps the map takes for real, of all. */
  readonly real: number;
  readonly steps: number;
  /** Pearson's r with the first way's map; null where the maps do not fit or one is constant. */
  readonly likeness: number | null;
}
