import type { ExplainedTarget, Raster, Zone, ZoneRun } from '../attribution/explanation.ts';
import type { FullHow } from '../attribution/how.ts';
import type { Pooling } from '../raster/pool.ts';
import type { Picked } from './selection.ts';

/** One finished explanation, as it is kept: what it was of, how it was made, what came out. */
export interface Run {
  readonly facts: RunFacts;
  readonly map: RunMap;
}

/** Everything about a run but its map; plain data. */
export interface RunFacts {
  /** 32 hex digits, the same for the same file content, model, preprocessing and settings. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** URI of the data file. */
  readonly file: string;
  /** `sha256:…`, `changed:<ms>:<bytes>` for large files, `unsaved` for the text of an editor. */
  readonly content: string;
  readonly instance: { readonly id: string; readonly index: number };
  readonly model: { readonly path: string; readonly hash: string };
  /** Hash of what attribution.json and a linked script do to the data; null where neither is. */
  readonly preprocess: string | null;
  /**
   * What a person had picked beside model and instance. Another thing than `how`: what was left open stays open when the
   * run is opened again (the last convolution of another method's choice), options wait for the method that has them.
   */
  readonly selection: Picked;
  readonly target: ExplainedTarget;
  /** What became of it: every default filled in, and only what the method uses. */
  readonly how: FullHow;
  /** Where the padding mask came from, in words. */
  readonly mask: string;
  /** Where `values` is set, each `p` is the value of an output that is a number. */
  readonly values?: true;
  readonly predicted: { readonly name: string; readonly p: number };
  /** The most probable classes and the explained one. */
  readonly classes: readonly { readonly name: string; readonly p: number }[];
  readonly shares: Readonly<Record<Zone, { readonly map: number; readonly positions: number }>>;
}

/** The map as it is where it is small, else pooled: each cell then is the strongest of a block, sign kept. */
export interface RunMap extends Raster {
  /** [columns] 1 on real steps. */
  readonly mask: Uint8Array;
  readonly zones: readonly ZoneRun[];
  /** Steps and features one cell stands for; 1 × 1 where nothing is pooled. */
  readonly pooling: Pooling;
  /** T and number of rows before pooling. */
  readonly full: { readonly columns: number; readonly rows: number };
  readonly features: readonly string[];
}

/** A run as the lists show it. */
export interface RunRow extends RunFacts {
  readonly pinned: boolean;
  /** What a person calls it. */
  readonly name?: string;
}

/** Share of |map| on padding, 0 to 1. */
export function paddingShare({ shares }: Pick<RunFacts, 'shares'>): number {
  return shares.MIXED.map + shares.EMPTY.map;
}

/** The form of a run's id; anything else names no file. */
export const RUN_ID = /^[0-9a-f]{32}$/;
