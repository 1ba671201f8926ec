import type { ReadingPlan } from '../../data/reading/readingPlan.ts';
import type { Tried } from '../../engine/reading/readAs.ts';
import type { ReadingFact, ReadingTopic } from '../../engine/reading/topics.ts';

/** How the file being looked at is read, and what is open about it. */
export interface ReadingView {
  /** Null where nothing has been read yet. */
  readonly plan: ReadingPlan | null;
  readonly facts: readonly ReadingFact[];
  /** More than one reading fits. */
  readonly question: ReadingQuestionView | null;
  /** What was last written into attribution.json, while it can be taken back. */
  readonly written: string | null;
  /** The row of the list that it came from, with the list's title. */
  readonly taken?: string | undefined;
}

interface ReadingQuestionView {
  readonly sentence: string;
  readonly ways: readonly ReadingWay[];
}

/** One of the readings to choose from. */
export interface ReadingWay {
  readonly label: string;
  /** What attribution.json will say. */
  readonly setting: string;
  /** Null while it is being read. */
  readonly tried: Tried | null;
}

/** What a person can do about the reading. */
export type ReadingAct =
  | { readonly do: 'take'; readonly way: number }
  | { readonly do: 'change'; readonly topic: ReadingTopic }
  | { readonly do: 'undo' };
