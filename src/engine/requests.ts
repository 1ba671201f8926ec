import type { ArchitectureName } from '../architectures/architectures.ts';
import type { How } from '../attribution/how.ts';
import type { ProjectPatch } from '../data/reading/readingPlan.ts';
import type { CellReplacement } from '../evaluation/replacement.ts';
import type { TruthSource } from '../evaluation/truthSource.ts';
import type { PaddingInput } from '../export/explainer/options.ts';
import type { RuntimeId } from '../graph/runtime.ts';
import type { MaskChoice } from '../preprocess/maskChoice.ts';
import type { ScriptRun } from '../preprocess/script/scriptRun.ts';
import type { SeriesEdit } from '../preprocess/seriesEdit.ts';
import type { RepairAsked } from '../repair/repairAsked.ts';
import type { PaddingStyle } from './train/paddingStyles.ts';

/** A runtime by name, or the first that works. */
export type RuntimePreference = 'auto' | RuntimeId;

/** A data file and how it is read; paths are absolute. */
export interface DataRequest {
  readonly data: string;
  /** Path of the attribution.json that applies. */
  readonly project?: string;
  /** Settings that go before those of attribution.json: `data.time=t`. */
  readonly set?: readonly string[];
  /** Unsaved or virtual content in place of the file at `data`. */
  readonly content?: Uint8Array;
  /** Of one series that was given as numbers: how many features and steps it has. */
  readonly given?: { readonly features: number; readonly steps: number };
  /** The model it is for: settles in which order the axes of an array come. */
  readonly model?: string;
  /** Where a column says what is real, the column is no feature. */
  readonly mask?: MaskChoice;
  readonly prefer?: RuntimePreference;
  /** No attribution.json outside this folder is looked at. */
  readonly within?: string;
  /** The file is shown and nothing is computed of it: missing values are gaps, whatever is to be done with them. */
  readonly asIs?: boolean;
  /** Leave to run the script that attribution.json links; without it the data are read as they are, and not explained. */
  readonly run?: ScriptRun;
}

/** One instance as it stands in the file. */
export interface GlanceRequest extends DataRequest {
  readonly instance: number;
  /** Features that are left out before the first one shown; 0 unless given. */
  readonly from?: number;
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
  /** Where none of them is: a model that was chosen for another file beside this one, taken where it fits. */
  readonly likely?: string;
  /** Where no model is to be taken, that is said before the data are read. */
  readonly unread?: boolean;
  /** The model the layer and the classes were picked on: on another one they mean nothing and are left aside. */
  readonly madeFor?: string;
  /** The data are read and nothing else: no model, no script. */
  readonly dataOnly?: boolean;
  /** Files may have changed: everything is told anew; an instance that is no longer there becomes the last one. */
  readonly fresh: boolean;
  /** A model whose summary is there already, where not `fresh`. */
  readonly known?: string;
}

/** One file, read in several ways. */
export interface ReadingsRequest extends Omit<ExplainRequest, 'model'> {
  /** Without it nothing is answered. */
  readonly model?: string;
  /** What each way says beyond attribution.json; the answers of all are compared with the first one's. */
  readonly ways: readonly ProjectPatch[];
}

/** What the padding does, over a whole file or one instance. */
export interface AuditRequest extends FileRequest {
  /** Layer the map verdict is about, beside the first and last convolutions; the first convolution unless given. */
  readonly layer?: string;
}

/** All maps of a file, added up. */
export interface OverviewRequest extends FileRequest, How {}

/** Which maps of a file are judged, and how. */
export interface EvaluateRequest extends FileRequest, How {
  /** Most instances that are judged; of more, a sample drawn by chance. Default 60. */
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

/** A repair of a model on data. */
export interface RepairRequest extends Source, RepairAsked {}

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
  /** Learning rate of the first step, which falls to 0 along half a cosine; USUAL_RATE unless given. */
  readonly rate?: number;
  readonly seed: number;
}

/** How long one map takes on each runtime, for this model. */
export interface TimingRequest {
  readonly model: string;
  readonly project?: string;
  /** A layer's shown name or any tensor of the graph; as layerByDefault says unless given. */
  readonly layer?: string;
  readonly prefer: RuntimePreference;
}

/** A graph is made without data: how it explains, and which inputs it is to have. */
export interface ExplainerRequest extends How {
  readonly model: string;
  readonly project?: string;
  readonly prefer?: RuntimePreference;
  /** Settings of attribution.json for this request. */
  readonly set?: readonly string[];
  /** Names where neither attribution.json nor the model has them. */
  readonly classes?: readonly string[];
  /** Of several outputs the one that the labels of the data said is the answer. */
  readonly output?: string;
  /** T; needed where the model takes any number of steps. */
  readonly steps?: number;
  /** The class is told in every run, in place of one for all. */
  readonly targetInput?: boolean;
  /** How the graph is told which steps are real; `length` where it must know and nothing is said. */
  readonly padding?: PaddingInput;
  /** Standardising and padding of attribution.json are part of the graph, which takes raw series then. */
  readonly preprocess?: boolean;
}

/** Files as a training is given them. */
export interface LearntRequest extends DataRequest {
  /** Those that it is judged on. */
  readonly judged: readonly string[];
}

/** What settings and files make of a training, whether the one or the other says it. */
export interface LearntOf {
  readonly classes: readonly string[];
  readonly features: readonly string[];
  /** T */
  readonly steps: number;
}
