import type { Finding } from '../finding.ts';
import type { ValuesOut } from '../graph/foundLogits.ts';
import type { OutputKind } from '../graph/outputKind.ts';
import type { SizedSeries } from '../preprocess/case.ts';
import type { ReportProgress } from '../progress.ts';
import type { Completeness } from './completeness.ts';
import type { LayerPositions } from './layerPositions.ts';
import type { MapLayer, MapModel, MapOptions } from './mapGraph.ts';
import type { MethodOptions } from './methodOptions.ts';
import type { MethodGraphs } from './methodSession.ts';
import type { ModelInput } from './modelFeed.ts';
import type { Score, Target } from './score.ts';
import type { Switches } from './switches.ts';

/** What explaining needs to know of a classifier. */
export interface ExplainedModel extends MapModel {
  readonly input: ModelInput;
  readonly outputIs: OutputKind;
  /** Present where the outputs are numbers and no classes. */
  readonly values?: ValuesOut;
  /** Name of the input that takes the padding mask [N, T], in a masked model only. */
  readonly maskInput?: string;
}

/** What is to be explained, and how; the target is `PREDICTED` for the class each instance is predicted as. */
export interface ExplainTask extends Target {
  readonly model: ExplainedModel;
  /** The model's, or inputLayer() for a method at the input. */
  readonly layer: MapLayer & LayerPositions;
  readonly options: MapOptions & Partial<Switches>;
  /** Of the method; what is not given is default. */
  readonly parameters?: Partial<MethodOptions>;
  /** The instance that a replacement of kind `instance` names. */
  readonly reference?: SizedSeries;
  /** The method's graphs for this model, layer and options, loaded when they are asked for. */
  readonly session: MethodGraphs;
  /** All of the same number of steps. */
  readonly prepared: readonly SizedSeries[];
  /** A map for each of the most probable classes beside the one of the target. */
  readonly everyClass?: boolean;
  /** What findings call the classes; `class 0`, … unless given. */
  readonly classNames?: readonly string[];
  /** What refusals call the instances; their positions among the prepared ones unless given. */
  readonly instanceNames?: readonly string[];
  readonly report?: ReportProgress;
  readonly signal?: AbortSignal;
}

/** What a method says about one instance: signed maps on the layer's own positions, one per score. */
export interface SignedMaps {
  /** [C] */
  readonly logits: Float32Array;
  readonly scores: readonly Score[];
  /** Per score [P…], the ReLU taken where it is asked for. */
  readonly maps: readonly Float32Array[];
  /** Per score the least value before the ReLU; absent where none was taken. */
  readonly lowest?: readonly number[];
  /** Per score [K] mean gradient per channel; absent where none is known. */
  readonly alpha?: readonly Float32Array[];
  readonly completeness?: readonly Completeness[];
  readonly findings?: readonly Finding[];
}
