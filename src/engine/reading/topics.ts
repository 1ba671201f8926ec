/** What can be said, and changed, of how a file is read. */
export const READING_TOPICS = {
  layout: true,
  table: true,
  array: true,
  split: true,
  columns: true,
  label: true,
  classes: true,
  mask: true,
  standardise: true,
  pad: true,
  missing: true,
} as const;

/** One of them. */
export type ReadingTopic = keyof typeof READING_TOPICS;

/** One line of the card: what was taken for what, and where that comes from. */
export interface ReadingFact {
  readonly topic: ReadingTopic;
  readonly words: string;
  readonly why: string;
  /** The model says it itself, and goes before any setting: there is nothing to change. */
  readonly byModel?: true;
}
