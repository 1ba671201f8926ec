import type { Ask } from './ask.ts';
import type { AuditCase, InputShape } from './auditCase.ts';
import { transplanted } from './move.ts';

/** Content of one instance in the place of another's real steps; both are positions among the cases. */
export type Pair = readonly [content: number, frame: number];

/** What the model says to content in other frames. Swapping contents and swapping lengths meet the same pairs: each is asked once. */
export class Transplants {
  private readonly known = new Map<number, number>();

  /** @param predicted [n] what the model says to the untouched cases, which are their own transplants */
  constructor(
    private readonly cases: readonly AuditCase[],
    predicted: Int32Array,
    private readonly shape: InputShape,
    private readonly ask: Ask,
  ) {
    predicted.forEach((cls, i) => {
      this.known.set(this.key([i, i]), cls);
    });
  }

  /** [pairs] the predicted class of each. */
  async predicted(pairs: readonly Pair[]): Promise<Int32Array> {
    const fresh = new Map<number, Pair>();
    for (const pair of pairs) {
      const key = this.key(pair);
      if (!this.known.has(key)) fresh.set(key, pair);
    }
    if (fresh.size > 0) {
      const answers = await this.ask(this.series(fresh.values()), this.shape.steps);
      [...fresh.keys()].forEach((key, i) => {
        this.known.set(key, answers.predicted[i]!);
      });
    }
    return Int32Array.from(pairs, (pair) => this.known.get(this.key(pair))!);
  }

  private *series(pairs: Iterable<Pair>): Generator<Float32Array> {
    for (const [content, frame] of pairs) {
      yield transplanted(this.cases[content]!, this.cases[frame]!, this.shape);
    }
  }

  private key([content, frame]: Pair): number {
    return content * this.cases.length + frame;
  }
}
