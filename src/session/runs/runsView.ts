import type { Thumbnails } from '../../overview/thumbnails.ts';
import type { Run, RunRow } from '../../runs/run.ts';

/** A run with its map in small. */
export interface ListedRun extends RunRow {
  /** Of one map; absent where a page was told of the run without it. */
  readonly thumbnail?: Thumbnails;
}

/** The run history as the page lists it; `a` and `b` are the two being compared. */
export interface RunsView {
  readonly rows: readonly ListedRun[];
  readonly a: string | null;
  readonly b: string | null;
  /** What the run deleted last was called or of; it can still be had back. Null: none. */
  readonly deleted?: string | null;
}

/** Two runs, whole. */
export interface RunPair {
  readonly a: Run;
  readonly b: Run;
}

/** What a person can do with a run. */
export type RunAct =
  | { readonly do: 'open' | 'pin' | 'unpin' | 'delete' | 'asA' | 'asB' | 'name'; readonly id: string }
  /** The run deleted last comes back. */
  | { readonly do: 'undelete' }
  /** What the page compared before it went; a host that compares something already knows better. */
  | { readonly do: 'restore'; readonly a: string | null; readonly b: string | null };
