import type { ArchitectureName } from '../architectures/architectures.ts';
import type { Explanation } from '../attribution/explanation.ts';
import type { How } from '../attribution/how.ts';
import type { ProjectPatch } from '../data/reading/readingPlan.ts';
import type { Evaluation } from '../evaluation/evaluation.ts';
import type { CellReplacement } from '../evaluation/replacement.ts';
import type { TruthSource } from '../evaluation/truthSource.ts';
import type { PaddingInput } from '../export/explainer/options.ts';
import type { Rasterised } from '../export/picture/rasterised.ts';
import type { RuntimeId } from '../graph/runtime.ts';
import type { Overview } from '../overview/overview.ts';
import type { Audit } from '../padding/audit.ts';
import type { MaskChoice } from '../preprocess/maskChoice.ts';
import type { ScriptRun } from '../preprocess/script/scriptRun.ts';
import type { SeriesEdit } from '../preprocess/seriesEdit.ts';
import type { ReportProgress } from '../progress.ts';
import type { Project } from '../project/projectShape.ts';
import type { RepairAnswer, RepairAsked } from '../repair/repairAsked.ts';
import type { Candidate, MapAndTime, Standing } from '../repair/standing.ts';
import type { Epoch } from '../training/trained.ts';
import type { MapsRequest, SeriesAsked, SeriesPart } from './clusterContract.ts';
import type { DataSummary, InstanceSummary } from './dataSummary.ts';
import type { ModelSummary } from './modelSummary.ts';
import type { ProjectSummary } from './projectSummary.ts';
import type { Tried } from './reading/readAs.ts';
import type { PaddingStyle } from './train/paddingStyles.ts';
import type { TrainAnswer } from './train/trainReport.ts';

/**
 * What the engine process can be asked. The wire types of protocol.ts are derived from this interface: one request
 * object in, one structured-clonable answer out. Paths are absolute. Every method may throw a Refusal. The engine
 * keeps no settings between requests: `prefer` goes with each (default `auto`), so that a restart changes nothing.
 */
export interface Engine {
  /** Which runtime answers, loading it if need be. */
  runtime(request: { prefer: RuntimePreference }, context?: CallContext): Promise<RuntimeSummary>;
  /** How long the model takes with a runtime, here and now. */
  timing(request: TimingRequest, context?: CallContext): Promise<RuntimeTiming>;
  model(request: ModelRequest, context?: CallContext): Promise<ModelSummary>;
  /** Reads the file (cached by path, size and time of change) and lists its instances. */
  data(request: DataRequest, context?: CallContext): Promise<DataSummary>;
  /** What other ways to read the file would give, and what the model makes of each. */
  readings(request: ReadingsRequest, context?: CallContext): Promise<Tried[]>;
  /** From a file to its map in one call: what is seen on the way is told as soon as it is there (`context.saw`). */
  open(request: OpenRequest, context?: CallContext): Promise<Opened>;
  explain(request: ExplainRequest, context?: CallContext): Promise<Explanation>;
  /** Several instances of the file, by position, in their order. */
  explainSome(
    request: ExplainRequest & { readonly instances: readonly number[] },
    context?: CallContext,
  ): Promise<Explanation[]>;
  /** What the padding does to answers and maps, over some or all instances of the file. Long; reports progress. */
  audit(request: AuditRequest, context?: CallContext): Promise<Audit>;
  /** What the maps of all (or some) instances of the file have in common. Long; reports progress. */
  overview(request: OverviewRequest, context?: CallContext): Promise<Overview>;
  /** Whether the map itself is right, over some or all instances. Long; reports progress. */
  evaluate(request: EvaluateRequest, context?: CallContext): Promise<Evaluation>;
  /** A copy of the model that leans less on padding, with its proof. Very long; reports progress. */
  repair(request: RepairRequest, context?: CallContext): Promise<RepairAnswer>;
  /** The model as ONNX bytes with the padding mask as its second input. */
  masked(request: ModelRequest, context?: CallContext): Promise<Uint8Array>;
  /** Paths of the files beside a model that hold its weights. */
  weights(request: { model: string; prefer?: RuntimePreference }): Promise<{ paths: readonly string[] }>;
  /** The model as it was read, as ONNX bytes. */
  converted(
    request: { model: string; prefer?: RuntimePreference },
    context?: CallContext,
  ): Promise<Uint8Array>;
  /** Prediction and map in one ONNX graph, as bytes. */
  explainer(request: ExplainerRequest, context?: CallContext): Promise<Uint8Array>;
  /** As `overview`, of maps that an explainer computed elsewhere. Long; reports progress. */
  overviewOfMaps(request: MapsRequest, context?: CallContext): Promise<Overview>;
  /** Instances of a file as an explainer takes them. */
  seriesPart(request: DataRequest & SeriesAsked, context?: CallContext): Promise<SeriesPart>;
  /** A network trained from scratch on a file. Long; reports progress. */
  train(request: TrainRequest, context?: CallContext): Promise<TrainAnswer>;
  /** One of our own pictures as PNG. */
  picture(request: { svg: string; prefer?: RuntimePreference }, context?: CallContext): Promise<Rasterised>;
}

/** A model and the attribution.json that applies. */
interface ModelRequest {
  readonly model: string;
  readonly project?: string;
  readonly prefer?: RuntimePreference;
}

/** A data file and how it is read; paths are absolute. */
export interface DataRequest {
  readonly data: string;
  /** Path of the attribution.json that applies. */
  readonly project?: string;
  /** Settings that go before those of attribution.json: `data.time=t`. */
  readonly set?: readonly string[];
  /** Unsaved or virtual content in place of the file at `data`. */
  readonly content?: Uint8Array;
  /** The model it is for: settles in which order the axes of an array come. */
  readonly model?: string;
  /** Where a column says what is real, the column is no feature. */
  readonly mask?: MaskChoice;
  readonly prefer?: RuntimePreference;
  /** Leave to run the script that attribution.json links; without it the data are read as they are, and not explained. */
  readonly run?: ScriptRun;
}

/** A repair of a model on data. */
export interface RepairRequest extends Source, RepairAsked {}

/** What goes beside a request and is no part of it. */
export interface CallContext {
  readonly report?: ReportProgress;
  /** Of `open`, `repair` and `train` only. */
  readonly saw?: (sighting: Sighting) => void;
  /** Across the process boundary, work that does not end soon after this is ended with the child. */
  readonly signal?: AbortSignal;
  /** Of `repair` and `train` only: no more is tried, and the best so far is the answer. */
  readonly enough?: AbortSignal;
  /** Of `open` only: attribution.json as it was read for this call; null where there is none. */
  readonly project?: Project | null;
}

/** A runtime by name, or the first that works. */
export type RuntimePreference = 'auto' | RuntimeId;

/** The runtime that answers. */
export interface RuntimeSummary {
  readonly id: RuntimeId;
  readonly version: string;
  /** Why a preferred one is not used, if so: one sentence, and the reason alone. */
  readonly note?: string;
  readonly reason?: string;
}

/** How long one map takes on each runtime, for this model. */
export interface TimingRequest {
  readonly model: string;
  readonly project?: string;
  /** A layer's shown name or any tensor of the graph; the last convolution unless given. */
  readonly layer?: string;
  readonly prefer: RuntimePreference;
}

/** Medians of a few runs with one instance, in ms. Where `note` is given, it is another runtime's time. */
export interface RuntimeTiming extends RuntimeSummary {
  /** The model alone. */
  readonly forwardMs: number;
  /** The model with Grad-CAM at the layer; absent where no gradient leads there. */
  readonly mapMs?: number;
}

/** Data, and the model they go through. */
export interface Source extends DataRequest {
  readonly model: string;
  /** Cut series longer than the model's T instead of refusing. */
  readonly truncate?: boolean;
}

/** Work over a file. */
export interface FileRequest extends Source {
  /** Positions in the file; all unless given. */
  readonly instances?: readonly number[];
  /** Same seed, same answer. Default 1. */
  readonly seed?: number;
}

/** What the padding does, over a whole file or one instance. */
export interface AuditRequest extends FileRequest {
  /** Layer the map verdict is about, beside the first and last convolutions; the first convolution unless given. */
  readonly layer?: string;
}

/** A network to be trained from scratch on the labelled series of a file. */
export interface TrainRequest extends Omit<DataRequest, 'model' | 'run'> {
  readonly architecture: ArchitectureName;
  /** Filters of the first convolution, or units of the recurrent state; the paper's unless given. */
  readonly filters?: number;
  /** Labelled series that are looked at once, after the training. */
  readonly test?: string;
  /** Labelled series whose length says nothing about their class, looked at once as well. */
  readonly crossed?: string;
  readonly padding: PaddingStyle;
  /** Every layer masked. */
  readonly masked: boolean;
  /** The mask stays an input [N, T] of the model, where it needs one. */
  readonly maskInput: boolean;
  readonly epochs: number;
  /** `balanced`: classes weigh in the loss by n/(C·n of the class), n series to train on; all alike unless given. */
  readonly classWeights?: 'none' | 'balanced';
  /** ε of label smoothing, 0 ≤ ε < 1; 0 unless given. */
  readonly smoothing?: number;
  readonly seed: number;
}

/** One instance of a file, and how it is to be explained. */
export interface ExplainRequest extends Source, How {
  /** Position in the file; 0 unless given. */
  readonly instance?: number;
  /** A map for each of the most probable classes as well. */
  readonly everyClass?: boolean;
  /** The series is changed before the model gets it. */
  readonly edits?: readonly SeriesEdit[];
}

/** A file as it is opened: attribution.json is looked for beside and above it, and may name the model. */
export interface OpenRequest extends Omit<ExplainRequest, 'project' | 'model'> {
  /** The last folder in which attribution.json is looked for, and which no path in it may leave; absent: there is none. */
  readonly within?: string;
  /** The model a person chose; it goes before the one in attribution.json. */
  readonly model?: string;
  /** Where neither is given. */
  readonly otherwise?: string;
  /** The model the layer and the classes were picked on: on another one they mean nothing and are left aside. */
  readonly madeFor?: string;
  /** The data are read and nothing else: no model, no script. */
  readonly dataOnly?: boolean;
  /** Files may have changed: everything is told anew; an instance that is no longer there becomes the last one. */
  readonly fresh: boolean;
  /** A model whose summary is there already, where not `fresh`. */
  readonly known?: string;
}

/** What comes to light while a file is opened or a model repaired or trained, one thing at a time. */
export type Sighting =
  /** Null where no attribution.json applies. */
  | { readonly project: ProjectSummary | null }
  | { readonly runtime: RuntimeSummary }
  | { readonly model: ModelSummary }
  | { readonly data: DataSummary }
  /** How the model stands as it was trained, before it is repaired. */
  | { readonly before: Standing & MapAndTime }
  | { readonly candidate: Candidate }
  /** The learning curve of a training, one epoch more. */
  | { readonly epoch: Epoch };

/** How opening a file ended. */
export type Opened =
  | { readonly kind: 'explained'; readonly explanation: Explanation }
  /** `dataOnly` was asked for. */
  | { readonly kind: 'data-only' }
  /** Leave to run this script is wanted: ask again with `run`. */
  | { readonly kind: 'needs-run'; readonly script: string }
  /** Nothing names a model: ask again with one. */
  | { readonly kind: 'needs-model'; readonly data: DataSummary };

/** All maps of a file, added up. */
export interface OverviewRequest extends FileRequest, How {}

/** Which maps of a file are judged, and how. */
export interface EvaluateRequest extends FileRequest, How {
  /** Most instances that are judged; of more, a sample spread over the file. Default 60. */
  readonly most?: number;
  /** What stands in the place of removed cells; all that differ unless given. */
  readonly replacements?: readonly CellReplacement[];
  /** How often weights are drawn anew. Default 5; 10 for one instance; 2 for a method of many runs. */
  readonly draws?: number;
  /** Draw all weights anew at once only, not from the logits back and one by one. Default false. */
  readonly allWeightsOnly?: boolean;
  /** Which cells make the class. */
  readonly truth?: TruthSource;
}

/** A graph is made without data: how it explains, and which inputs it is to have. */
export interface ExplainerRequest extends How {
  readonly model: string;
  readonly project?: string;
  readonly prefer?: RuntimePreference;
  /** Names where neither attribution.json nor the model has them. */
  readonly classes?: readonly string[];
  /** T; needed where the model takes any number of steps. */
  readonly steps?: number;
  /** The class is told in every run, in place of one for all. */
  readonly targetInput?: boolean;
  /** How the graph is told which steps are real; `length` where it must know and nothing is said. */
  readonly padding?: PaddingInput;
  /** Standardising and padding of attribution.json are part of the graph, which takes raw series then. */
  readonly preprocess?: boolean;
}

/** One file, read in several ways. */
export interface ReadingsRequest extends Omit<ExplainRequest, 'model'> {
  /** Without it nothing is answered. */
  readonly model?: string;
  /** What each way says beyond attribution.json; the answers of all are compared with the first one's. */
  readonly ways: readonly ProjectPatch[];
}

export type { DataSummary, InstanceSummary, ModelSummary };
