import type { Graph } from './graph.ts';

/** What a model's outputs stand for: classes, or numbers. */
export type Task = 'classification' | 'regression';

/** The order of the axes of an output that holds numbers for every step: N instances, T steps, C channels. */
export type OutputAxes = 'NTC' | 'NCT';

/** Why one of several outputs is the answer: half a sentence, and outputs that may be it all the same. */
export interface OutputBy {
  readonly because: string;
  readonly doubt: readonly string[];
}

/** What is known of a model's answer before it is looked at. */
export interface AnswerHints {
  readonly task?: Task;
  readonly outputAxes?: OutputAxes;
  /** Of several outputs the one that is explained, by its name in the model. */
  readonly output?: string;
  /** What speaks for `output`, where nobody named it. */
  readonly outputBy?: OutputBy;
  /** How many classes are named. */
  readonly classes?: number;
}

/** Key of the metadata in which a model file says its task. */
export const TASK_KEY = 'task';

/** What the model file itself says, e.g. by the loss that a Keras model was compiled with. */
export function taskWritten({ metadata }: Graph): Task | undefined {
  const said = metadata?.get(TASK_KEY)?.toLowerCase();
  return said === 'regression' || said === 'classification' ? said : undefined;
}
