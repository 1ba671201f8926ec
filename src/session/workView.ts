import type { Sighting } from '../engine/contract.ts';

/** What goes on with a piece of long work. */
export type WorkActivity =
  | { readonly kind: 'idle' }
  | { readonly kind: 'busy'; readonly what: string; readonly share?: number }
  /** `cancelled`: by the person, who need not be told twice. */
  | { readonly kind: 'refused'; readonly sentence: string; readonly cancelled?: true };

/** The whole file, or the instance being looked at. */
export type WorkScope = 'file' | 'instance';

/** What came to light while the work goes on, oldest first. */
export type Seen = Extract<Sighting, { readonly before: unknown } | { readonly candidate: unknown }>;

/** What long work gave for the file being looked at, and what is going on with it. */
export interface WorkView<Result> {
  readonly scope: WorkScope;
  /** The last one that was finished for this file. */
  readonly result: Result | null;
  /** What the result rests on has changed since. */
  readonly outdated: boolean;
  readonly activity: WorkActivity;
  /** Of work that tells what it finds: all that it found so far, also of one that was ended. */
  readonly seen: readonly Seen[];
  /** How many the file holds; a single one has no rates. */
  readonly instances: number;
}
