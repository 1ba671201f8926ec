/**
 * Which cells make the class: a JSON file's name and content, and the part of it where it holds several sets. What is
 * wrong with one that nobody asked for (`found`) is said in place of the scores.
 */
export interface TruthSource {
  readonly name: string;
  readonly text: string;
  readonly member?: string;
  readonly found?: boolean;
}
