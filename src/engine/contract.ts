import type { Explanation } from '../attribution/explanation.ts';
import type { Evaluation } from '../evaluation/evaluation.ts';
import type { Rasterised } from '../export/picture/rasterised.ts';
import type { RuntimeId } from '../graph/runtime.ts';
import type { Overview } from '../overview/overview.ts';
import type { Audit } from '../padding/audit.ts';
import type { ReportProgress } from '../progress.ts';
import type { Project } from '../project/projectShape.ts';
import type { RepairAnswer } from '../repair/repairAsked.ts';
import type { Candidate, MapAndTime, Standing } from '../repair/standing.ts';
import type { Epoch } from '../training/trained.ts';
import type { MaskedFile } from './audit/maskedFile.ts';
import type { MapsRequest, SeriesAsked, SeriesPart } from './clusterContract.ts';
import type { DataSummary, InstanceSummary } from './dataSummary.ts';
import type { ExplainerFile } from './explainerFile.ts';
import type { SeriesGlance } from './glance/seriesGlance.ts';
import type { ModelSummary } from './modelSummary.ts';
import type { ProjectSummary } from './projectSummary.ts';
import type { Tried } from './reading/readAs.ts';
import type {
  AuditRequest,
  DataRequest,
  EvaluateRequest,
  ExplainerRequest,
  ExplainRequest,
  FileRequest,
  GlanceRequest,
  LearntOf,
  LearntRequest,
  OpenRequest,
  OverviewRequest,
  ReadingsRequest,
  RepairRequest,
  RuntimePreference,
  TimingRequest,
  TrainRequest,
} from './requests.ts';
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
  /** One instance of the file, raw, as much of it as a picture shows. */
  glance(request: GlanceRequest, context?: CallContext): Promise<SeriesGlance>;
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
  /** The model as ONNX bytes with the padding mask as its second input; given a file, computed inside as its padding looks. */
  masked(request: ModelRequest | FileRequest, context?: CallContext): Promise<MaskedFile>;
  /** Paths of the files beside a model that hold its weights. */
  weights(request: { model: string; prefer?: RuntimePreference }): Promise<{ paths: readonly string[] }>;
  /** The model as it was read, as ONNX bytes. */
  converted(
    request: { model: string; prefer?: RuntimePreference },
    context?: CallContext,
  ): Promise<Uint8Array>;
  /** Prediction and map in one ONNX graph, as bytes. */
  explainer(request: ExplainerRequest, context?: CallContext): Promise<ExplainerFile>;
  /** As `overview`, of maps that an explainer computed elsewhere. Long; reports progress. */
  overviewOfMaps(request: MapsRequest, context?: CallContext): Promise<Overview>;
  /** Instances of a file as an explainer takes them. */
  seriesPart(request: DataRequest & SeriesAsked, context?: CallContext): Promise<SeriesPart>;
  /** The classes that a training on a file would learn, or why it would be refused. */
  learnable(request: DataRequest, context?: CallContext): Promise<{ readonly classes: readonly string[] }>;
  /** What files and settings make of a training, or why it would be refused. */
  learntOf(request: LearntRequest, context?: CallContext): Promise<LearntOf>;
  /** A network trained from scratch on a file. Long; reports progress. */
  train(request: TrainRequest, context?: CallContext): Promise<TrainAnswer>;
  /** One of our own pictures as PNG. */
  picture(request: { svg: string; prefer?: RuntimePreference }, context?: CallContext): Promise<Rasterised>;
}

/** A model and the attribution.json that applies. */
interface ModelRequest {
  readonly model: string;
  readonly project?: string;
  /** Settings that go before those of the project, as `input=NTF`. */
  readonly set?: readonly string[];
  readonly prefer?: RuntimePreference;
}

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

/** The runtime that answers. */
export interface RuntimeSummary {
  readonly id: RuntimeId;
  readonly version: string;
  /** Why a preferred one is not used, if so: one sentence, and the reason alone. */
  readonly note?: string;
  readonly reason?: string;
  /** The preferred one is here and does not load. */
  readonly broken?: true;
}

/** Medians of a few runs with one instance, in ms. Where `note` is given, it is another runtime's time. */
export interface RuntimeTiming extends RuntimeSummary {
  /** The model alone. */
  readonly forwardMs: number;
  /** The model with Grad-CAM at the layer; absent where no gradient leads there. */
  readonly mapMs?: number;
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
  /** Nothing names a model, and the data have not been read: `unread` was asked for. */
  | { readonly kind: 'unnamed' }
  /** Nothing names a model: ask again with one. */
  | { readonly kind: 'needs-model'; readonly data: DataSummary };

export type { DataSummary, InstanceSummary, ModelSummary };
