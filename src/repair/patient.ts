import type { Classifier } from '../graph/classifier.ts';
import type { Graph } from '../graph/graph.ts';
import type { Runtime } from '../graph/runtime.ts';
import type { ReportProgress } from '../progress.ts';
import type { SeriesShape } from '../training/series.ts';
import type { Trained } from '../training/trained.ts';

/** What a repair starts from. */
export interface Patient {
  /** The classifier with every layer masked, its mask an input; where nothing can be masked, the classifier as it is. */
  readonly model: Classifier;
  readonly runtime: Runtime;
  readonly shape: SeriesShape;
  /** [F] what stands in the padding. */
  readonly fill?: ArrayLike<number>;
  /** A large file is in memory as well, so that a step of training is to take little. */
  readonly crowded?: boolean;
}

/** A classifier after its repair. */
export interface Repaired {
  /** With the inputs of the patient's model. */
  readonly graph: Graph;
  /** The same change made to another graph with the model's tensors: without its masks, say, or for another length. */
  onto(graph: Graph): Graph;
  /** Of training. */
  readonly curve?: Trained['curve'];
  readonly ended?: Trained['ended'];
  readonly diverged?: Trained['divergedAt'];
  readonly unreached?: Trained['unreached'];
  /** That a step of training learnt from fewer series than is usual, where it did. */
  readonly batchSaid?: string;
}

/** What a repair may cost. */
export interface RepairOptions {
  readonly seed: number;
  /** Of masked training; 10 unless given. */
  readonly epochs?: number;
  readonly report?: ReportProgress;
  readonly signal?: AbortSignal;
}
