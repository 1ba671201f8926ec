import type { Finding } from '../../finding.ts';
import type { Estimate } from '../../padding/audit.ts';
import type { Trained } from '../../training/trained.ts';
import type { PaddingStyle } from './paddingStyles.ts';

/** What a training gave: the model, the settings that feed it, and how it went. */
export interface TrainAnswer {
  /** The model's file. */
  readonly onnx: Uint8Array;
  /** attribution.json that goes with it, without "model". */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Positions in the file of `test` that are judged, where some stand in the training file, too. */
  readonly judged?: readonly number[];
  readonly report: TrainReport;
}

/** How a training went: accuracies are shares with their 95 % Wilson intervals, losses are cross-entropies in nats. */
export interface TrainReport extends Pick<Trained, 'curve' | 'best' | 'ended' | 'divergedAt'> {
  /** As the paper writes it. */
  readonly architecture: string;
  readonly filters: number;
  /** Numbers that were trained. */
  readonly parameters: number;
  readonly features: number;
  /** T */
  readonly steps: number;
  readonly classes: readonly string[];
  readonly padding: PaddingStyle;
  /** Steps that batches of like length were padded to in training. */
  readonly buckets?: readonly number[];
  readonly masked: boolean;
  /** Whether the model takes its mask as an input. */
  readonly maskInput: boolean;
  /** ε of label smoothing, where there was any. */
  readonly smoothing?: number;
  /** Of each class in the loss, where they are not all 1. */
  readonly classWeights?: readonly number[];
  readonly seed: number;
  /** Learning rate of the first step; it falls to 0 along half a cosine. */
  readonly rate: number;
  /** Series the weights were moved by. */
  readonly trainedOn: number;
  /** Share of right answers on series set aside, by which the epoch was chosen: optimistic; absent where none was. */
  readonly validation?: Estimate;
  /** Share of right answers on `test`. */
  readonly test?: Estimate;
  /** Share of right answers on `crossed`. */
  readonly crossed?: Estimate;
  /** Series of `test` and `crossed` that stand in the training file, too: not judged. */
  readonly leftOut?: { readonly test?: number; readonly crossed?: number };
  readonly seconds: number;
  readonly findings: readonly Finding[];
}
