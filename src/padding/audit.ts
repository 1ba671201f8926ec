import type { Provenance, Zone } from '../attribution/explanation.ts';
import type { Finding } from '../finding.ts';
import type { WayTrust } from './ways.ts';

/** What the padding does to a model's answers and maps, with numbers; on one instance or on a whole file. */
export interface Audit {
  readonly instances: readonly AuditedInstance[];
  readonly classes: readonly string[];
  /** 1 / number of classes that the labels have; of the model's where not all are known. */
  readonly chance: number;
  /** Labels of the file that are none of the classes, a few of them; absent where there are none. */
  readonly unknownLabels?: readonly string[];
  /** Instances without a label, where others have one: then no label is used. Absent where there are none. */
  readonly unlabelled?: number;
  /** Null where the file has no labels, or not all of them are classes. */
  readonly accuracy: Estimate | null;
  readonly balancedAccuracy: Estimate | null;
  readonly padSide: 'end' | 'front' | 'both' | 'middle' | 'none';
  /** Steps of the model's input, T. */
  readonly steps: number;
  readonly maps: readonly LayerFacts[];
  /** Null with the reason where the head is not pooled-linear. */
  readonly logitSplit: LogitSplit | Unavailable;
  readonly carrier: readonly CarrierResult[];
  /** Mean p of the originally predicted class against padded length, over the audited instances. */
  readonly lengthSweep: readonly SweepPoint[] | Unavailable;
  readonly lengthEvidence: LengthEvidence | Unavailable;
  readonly lengthResponse: LengthResponse | Unavailable;
  readonly carrierEvidence: CarrierEvidence;
  readonly lengthOnlyBaseline: LengthOnlyBaseline | Unavailable;
  readonly masked: MaskedRun | Unavailable;
  /** Pad value, −μ/σ signature, side, constant channels, batch-norm statistics: facts about the preprocessing. */
  readonly preprocessing: readonly Finding[];
  readonly verdicts: {
    readonly lengthEvidence: Verdict<LengthAnswer>;
    /** Padding's place. */
    readonly layout: Verdict<PlaceAnswer>;
    /** Padding's look. */
    readonly look: Verdict<LookAnswer>;
    /** Information about the map, not a verdict about the model. */
    readonly mapArtefact: Verdict<MapAnswer>;
    /** Layout and look together, for readers of older reports. */
    readonly carrierDependence: Verdict<PlaceAnswer>;
  };
  readonly advice: readonly Advice[];
  /** Where the outputs are numbers and no classes: what is asked of them instead of flips and accuracies. */
  readonly values?: ValuesAudit;
  readonly seed: number;
  readonly provenance: Provenance;
}

/** What the padding does to outputs that are numbers. */
export interface ValuesAudit {
  /** The output looked at, in words. */
  readonly output: string;
  /** [n] what the model says to the untouched instances. */
  readonly answers: Float32Array;
  /** Standard deviation of these answers over the instances; null where they do not differ. */
  readonly sd: number | null;
  readonly changes: readonly ValueChange[];
  /** Parts of the audit that count classes, by name: they are left out. */
  readonly leftOut: readonly string[];
}

/** What one change of the padding does to an output, or why it could not be made. */
export type ValueChange = ValueFigures | ({ readonly intervention: ValueIntervention } & Unavailable);

type ValueIntervention = Intervention | 'mask_every_layer';

/** What one change of the padding does to an output, in its own units. */
export interface ValueFigures {
  readonly intervention: ValueIntervention;
  /** Mean |Δy|. */
  readonly meanAbs: Estimate;
  /** Mean Δy: whether it goes one way. */
  readonly mean: Estimate;
  /** Mean |Δy| / sd of the answers; null where that is not defined. */
  readonly inSd: number | null;
  /** Instance with the largest |Δy|. */
  readonly worst: { readonly id: string; readonly index: number; readonly change: number };
}

/** Why a figure could not be had and what would make it possible, one sentence. */
export interface Unavailable {
  readonly unavailable: string;
}

/** One instance of the audit, and what it says for itself. */
export interface AuditedInstance {
  readonly id: string;
  readonly index: number;
  readonly length: number;
  /** Index of the label among the classes, null where absent or unknown. */
  readonly label: number | null;
  readonly predicted: number;
  /** Probability of the predicted class. */
  readonly probability: number;
  /** Share of |map| on padding (MIXED + EMPTY) at the audited layer. */
  readonly paddingShare: number;
  /** Names of the interventions under which the prediction flips. */
  readonly flips: readonly string[];
}

/** Estimate with a 95 % interval; `n` is how many instances it rests on. */
export interface Estimate {
  readonly value: number;
  readonly interval: readonly [number, number];
  readonly n: number;
}

/** What padding does to the maps of one layer. */
export interface LayerFacts {
  readonly layer: string;
  /** Mean share of positions per zone. */
  readonly positions: Readonly<Record<Zone, number>>;
  /** Mean over instances of the share of |map| mass per zone, by map: `gradcam_relu`, `gradcam_abs`, `hirescam_pos`. */
  readonly zoneShare: Readonly<Record<string, ZoneShare>>;
  /** Flatness of the map in EMPTY; null where no instance has 3 EMPTY positions. */
  readonly plateau: { readonly stdOverMax: number; readonly levelOverMax: number; readonly n: number } | null;
  /** Least |corr| of the predicted class's signed map with any other class's, mean and minimum over instances. */
  readonly degeneracy: {
    readonly mean: number;
    readonly min: number;
    readonly n: number;
    /** structural: a one-channel bottleneck follows; two-class: nearly opposite logits explain it. */
    readonly cause: 'structural' | 'two-class' | 'none';
  };
  /** corr(plain, masked-α Grad-CAM, both ReLU) on real steps. */
  readonly alphaPollution: { readonly mean: number; readonly min: number; readonly n: number } | null;
}

/** Mean share of the map per zone, 0 to 1, over the `maps` that are not all zero. */
export interface ZoneShare extends Readonly<Record<Zone, number>> {
  readonly maps: number;
  readonly allZero: number;
}

/** logit of the predicted class = bias + Σ real + Σ padding, exactly, at the last convolution of a pooled-linear head. */
export interface LogitSplit {
  readonly layer: string;
  /** [n] per instance. */
  readonly bias: Float32Array;
  readonly real: Float32Array;
  readonly padding: Float32Array;
  /** Mean of |padding| / (|padding| + |real|). */
  readonly paddingShare: Estimate;
  /** Largest |logit − (bias + real + padding)|. */
  readonly maxGap: number;
}

/** What is put in the place of padding. */
export type Intervention =
  | 'truncate'
  | 'channel_mean'
  | 'own_channel_mean'
  | 'zero'
  | 'last_value'
  | 'reflect'
  | 'plus_1sd'
  | 'minus_1sd'
  | 'noise'
  | 'other_side'
  | 'double_T';

/** What one intervention on the padding does to the answers, or why it could not be made. */
export type CarrierResult = CarrierFigures | ({ readonly intervention: Intervention } & Unavailable);

/** What one intervention on the padding does to the answers. */
export interface CarrierFigures {
  readonly intervention: Intervention;
  /** Share of instances whose predicted class changes. */
  readonly flipRate: Estimate;
  /** Mean |Δp| of the originally predicted class. */
  readonly meanAbsDp: Estimate;
  readonly balancedAccuracy: Estimate | null;
  /** Instance with the largest |Δp|. */
  readonly worst: { readonly id: string; readonly index: number; readonly dp: number };
  /** [n] 1 where the prediction flips. */
  readonly flipped: Uint8Array;
}

/** The answers with the series padded to another length. */
export interface SweepPoint {
  /** Padded length as the model sees it. */
  readonly steps: number;
  readonly probability: Estimate;
}

/** What value and place of the padding keep of the accuracy above chance when contents are swapped beneath them. */
export interface CarrierEvidence {
  readonly value: Estimate | Unavailable;
  readonly side: Estimate | Unavailable;
}

/** How much the answers follow the length when contents stay the same, whatever that is worth on these data. */
export interface LengthResponse {
  /** Largest change of a class's share of the answers from the short to the long third of the frames. */
  readonly change: Estimate;
  /** The class it is about. */
  readonly class: number;
  /** Whether its share rises with length. */
  readonly rises: boolean;
}

/** How far length survives a swap of contents, and what the swaps themselves do. */
export interface LeiEstimate {
  /** Length evidence index: 0 none, 1 all of the accuracy above chance survives with content swapped. */
  readonly lei: Estimate;
  /** One-sided 95 % bounds of LEI. */
  readonly atLeast: number;
  readonly atMost: number;
  /** Balanced accuracy with length kept and content swapped. */
  readonly contentSwapped: Estimate;
  /** (accuracy with the content swapped for another of the same class − chance) / (accuracy − chance): 1 where swapping does no harm. */
  readonly placebo: number;
  /** Balanced accuracy − chance. */
  readonly margin: number;
  /** Share of the variance of LEI that comes from carrying contents to other lengths: more instances do not take it away. */
  readonly transportShare: number;
  /** How contents were carried into shorter and into longer frames, with the placebo and the weight of each way. */
  readonly ways: readonly WayTrust[];
}

/** Whether length alone moves the answer. */
export interface LengthEvidence extends LeiEstimate {
  /** True where the file's labels were used; false: the model's own answers stand in. */
  readonly labelled: boolean;
  /** False where the padding is such that its value and place cannot be told from its length. */
  readonly splitFromCarrier: boolean;
  /** Flip rates: length swapped with content stretched; there-and-back control; their difference. Supports, never decides. */
  readonly lengthSwapped: Estimate;
  readonly resampleControl: Estimate;
  readonly excessFlips: Estimate;
  /** Donors per instance. */
  readonly permutations: number;
}

/** How well the class is told from the length alone. */
export interface LengthOnlyBaseline {
  /** Cross-validated balanced accuracy of a depth-3 decision tree on L alone. */
  readonly tree: Estimate;
  readonly chance: number;
  /** Label-permutation p of the tree. */
  readonly p: number;
}

/** The model beside itself with every layer masked. */
export interface MaskedRun {
  /** Mean logit and probability change of the originally predicted class when every layer is masked. */
  readonly meanAbsDlogit: Estimate;
  readonly meanAbsDp: Estimate;
  readonly flipRate: Estimate;
}

/** YES: the class is read off the length. `unclear`: a little of it. */
export type LengthAnswer = 'YES' | 'unclear' | 'no' | 'responds, worth nothing on this data' | 'cannot tell';
/** FRAGILE: answers change with where the padding lies. */
export type PlaceAnswer = 'FRAGILE' | 'robust' | 'cannot tell';
/** The same of what the padding holds, or what it holds tells the class. */
export type LookAnswer = PlaceAnswer | 'carries the class';
/** Whether the map's share on padding follows from how the layer reads. */
export type MapAnswer = 'explained' | 'not explained' | 'nothing to explain' | 'cannot tell';

/** One answer of the audit with its reason. */
export interface Verdict<A extends string = LengthAnswer | LookAnswer | MapAnswer> {
  readonly answer: A;
  /** One sentence of meaning with its numbers; for `cannot tell`, what would tell. */
  readonly reason: string;
  readonly numbers: Readonly<Record<string, number>>;
}

/** What can be done about a finding. */
export interface Advice {
  readonly code: string;
  readonly sentence: string;
  /** What it rests on: measurements, this audit, or the graph. */
  readonly basis: string;
  /** The repair that does it on a copy of the model, by its name; null where none does. */
  readonly tryIt: RepairName | null;
  /** The repair brings this only to a model that takes its mask as a second input. */
  readonly maskInput?: true;
  /** The model that is to be repaired in place of this one: a file beside it. */
  readonly onModel?: string;
  /** Copyable code where it helps. */
  readonly snippets?: readonly { readonly language: 'PyTorch' | 'Keras' | 'Python'; readonly code: string }[];
}

/** Ways to mend a trained model: `head` masks every layer and refits the last linear one. */
type RepairName = 'masked' | 'head' | 'head-random-length' | 'fine-tune' | 'random-length';
