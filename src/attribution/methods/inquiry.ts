import type { Finding } from '../../finding.ts';
import type { SizedSeries } from '../../preprocess/case.ts';
import type { Asker } from '../asker.ts';
import type { Completeness } from '../completeness.ts';
import type { MethodOptions } from '../methodOptions.ts';
import type { PointSet } from '../pointSet.ts';
import type { Rectangle } from '../rectangle.ts';
import type { Score } from '../score.ts';

/** What a method of several runs is told about one instance, and what it may ask the model. */
export interface Inquiry extends Asker, SizedSeries {
  /** [C] of x. */
  readonly logits: Float32Array;
  /** One map is wanted for each. */
  readonly scores: readonly Score[];
  readonly options: MethodOptions;
  /** Over real steps only, as the method's `realOnly` says. */
  readonly realOnly: boolean;
  /** [F, T] the values of the option `baseline` or `replacement`. */
  readonly absent: Float32Array;
  /** The layer's positions; undefined for a method at the input. */
  readonly layer?: InquiredLayer;
  /** Logits [C] of x with each window replaced by what stands there in `absent`. */
  withoutWindows(windows: readonly Rectangle[]): Promise<Float32Array[]>;
  /** Per score Σ_s weights[s] · d score / d input at the s-th point: [F, T]. */
  pathGradients(points: PointSet): Promise<Float64Array[]>;
}

/** The layer of the map, of one instance. */
export interface InquiredLayer {
  readonly channels: number;
  /** [T'] or [F', T'] */
  readonly positions: readonly number[];
  /** [P] of time: 1 on real positions. */
  readonly real: Uint8Array;
  /** A [C, P…] */
  activation(): Promise<Float32Array>;
  /** Logits [C] with each channel in turn set to zero (on real positions only where `realOnly`). */
  withoutChannels(): Promise<Float32Array[]>;
  /** One channel [P…] on the cells [F, T] of the input; a time map is the same for every feature. */
  onInput(channel: Float32Array): Float32Array;
  /** Grad-CAM of each score [P…], signed; undefined where no gradient can be taken. */
  gradcam(): Promise<Float32Array[] | undefined>;
}

/** What a method gives back. */
export interface Maps {
  /** [P…] per score, signed, nothing normalised. */
  readonly maps: readonly Float32Array[];
  readonly findings?: readonly Finding[];
  /** Per score. */
  readonly completeness?: readonly Completeness[];
}
