import { ReadingQuestion } from '../data/reading/readingQuestion.ts';
import type { LayoutQuestion, LayoutWay } from '../graph/layoutQuestion.ts';

/** The question which axis of a model's input is time, as one that can be picked where a file's reading is. */
export class LayoutToAsk extends ReadingQuestion {
  readonly ways: readonly LayoutWay[];

  constructor({ because: sentence, ways }: LayoutQuestion) {
    const picked = ways.map(({ layout, means }) => ({ label: means, patch: { input: layout } }));
    super({ id: 'input-layout', sentence, ways: picked });
    this.ways = ways;
  }
}
