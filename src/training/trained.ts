import type { Graph } from '../graph/graph.ts';

/** One epoch of the learning curve. */
export interface Epoch {
  readonly loss: number;
  /** Share of right answers in training mode, on the views it was trained on. */
  readonly accuracy: number;
  readonly validation?: number;
}

/** What training gave. */
export interface Trained {
  /** With the weights of the best epoch, the last one where nothing validates. */
  readonly graph: Graph;
  readonly curve: readonly Epoch[];
  /** Weights that stay as they are, behind rounding. */
  readonly unreached: readonly string[];
  /** Series per step. */
  readonly batch: number;
  /** Bytes that a step takes for each of them, about. */
  readonly bytes: number;
  /** Index of the epoch whose weights are kept; −1: those it began with. */
  readonly best: number;
  /** `epochs`, `patience`, `cancelled` (the best so far is kept), or `diverged` with where. */
  readonly ended: 'epochs' | 'patience' | 'cancelled' | 'diverged';
  /** Where it diverged: the loss was no number at this step (counted from 1) and learning rate. */
  readonly divergedAt?: { readonly step: number; readonly rate: number };
}
