import type { Explanation, Zone } from '../../attribution/explanation.ts';

/** What a code lens says of one run. */
export interface RunNumbers {
  readonly predicted: string;
  /** Probability of that class, or the value of that output. */
  readonly p: number;
  /** The outputs are numbers and no classes. */
  readonly isValue?: true;
  /** Share of |map| per zone. */
  readonly shares: Readonly<Record<Zone, number>>;
  /** Real steps. */
  readonly length: number;
}

function numbersOf({ prediction, shares, padding }: Explanation): RunNumbers {
  const { predicted, probabilities, logits, classes } = prediction;
  return {
    predicted: classes[predicted] ?? `class ${predicted}`,
    p: (probabilities ?? logits)[predicted] ?? Number.NaN,
    ...(probabilities === undefined && { isValue: true }),
    shares: { REAL: shares.REAL.map, MIXED: shares.MIXED.map, EMPTY: shares.EMPTY.map },
    length: padding.length,
  };
}

/** What the last save changed. */
export interface NumbersChange {
  readonly before: RunNumbers | null;
  readonly now: RunNumbers;
}

/**
 * Keeps the last two runs that differ in nothing but script or data. Anything else that is picked (instance, layer,
 * model, method) starts anew: its numbers would be compared with those of another picture.
 */
export class RunChange {
  #subject = '';
  #preprocess: string | undefined;
  #change: NumbersChange | null = null;

  get change(): NumbersChange | null {
    return this.#change;
  }

  add(explanation: Explanation): void {
    const { instance, how, target, provenance } = explanation;
    const { data, modelHash } = provenance;
    const subject = JSON.stringify([data, instance.id, modelHash, how, target.against?.name]);
    const now = numbersOf(explanation);
    const before = subject === this.#subject ? this.#change : null;
    const same = before !== null && provenance.preprocess === this.#preprocess;
    this.#change = { before: (same ? before.before : before?.now) ?? null, now };
    this.#subject = subject;
    this.#preprocess = provenance.preprocess;
  }

  clear(): void {
    this.#change = null;
    this.#subject = '';
  }
}
