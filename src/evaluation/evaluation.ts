import type { Provenance } from '../attribution/explanation.ts';
import type { FullHow } from '../attribution/how.ts';
import type { Finding } from '../finding.ts';
import type { Estimate, Unavailable } from '../padding/audit.ts';
import type { RankedBy, Scope } from './cells.ts';
import type { CellReplacement } from './replacement.ts';

/** Is the map itself right? What its order is worth, whether it rests on the weights, adds up, and finds the truth. */
export interface Evaluation {
  readonly how: FullHow;
  readonly methodLabel: string;
  readonly instances: readonly EvaluatedInstance[];
  /** How many were asked for; where there are more than `instances`, those are a random sample. */
  readonly of: number;
  readonly classes: readonly string[];
  /** What is taken away at a time: one feature at one step, or all features of a step (a time map). */
  readonly cells: 'feature × step' | 'step';
  readonly ranking: RankedBy;
  /** Shares of cells at which every curve is given. */
  readonly shares: readonly number[];
  readonly removal: readonly RemovalResult[];
  /** What padding cells are worth; unavailable where nothing is padded. */
  readonly padding: PaddingWorth | Unavailable;
  readonly randomisation: Randomisation | Unavailable;
  readonly completeness: CompletenessFigures | Unavailable;
  readonly truth: TruthScores | Unavailable;
  readonly verdicts: {
    readonly order: EvaluationVerdict;
    readonly weights: EvaluationVerdict;
    readonly sum: EvaluationVerdict;
    readonly truth: EvaluationVerdict;
  };
  readonly seed: number;
  /** What reading and settings did to the numbers that fed the model; absent where nothing was noticed. */
  readonly findings?: readonly Finding[];
  readonly provenance: Provenance;
}

interface EvaluatedInstance {
  readonly id: string;
  readonly index: number;
  readonly length: number;
  /** The class whose logit the map explains. */
  readonly target: number;
  /** Of the target class, untouched. */
  readonly probability: number;
}

/** Curves and areas under one replacement. Areas and gains are of the target's probability unless they say logit. */
export interface RemovalResult {
  readonly replacement: CellReplacement;
  readonly scope: Scope;
  /** Mean number of cells per instance. */
  readonly cells: number;
  readonly deletion: MeanCurve;
  readonly insertion: MeanCurve;
  /** Cells taken away in random order; mirrored it is the control of the insertion. */
  readonly random: MeanCurve;
  /** Lower is better. */
  readonly deletionArea: Estimate;
  /** Higher is better. */
  readonly insertionArea: Estimate;
  readonly randomArea: Estimate;
  /** Random area − deletion area; above 0 the map's order is better than a random one. */
  readonly deletionGain: Estimate;
  /** Insertion area − random area; above 0 the map's order is better than a random one. */
  readonly insertionGain: Estimate;
  readonly deletionGainLogit: Estimate;
  readonly insertionGainLogit: Estimate;
  /** Mean fall of p when the top 1, 5, 10, 20, 50 % of cells are gone; higher is better. */
  readonly comprehensiveness: Estimate;
  /** Mean fall of p when only they are left; lower is better. */
  readonly sufficiency: Estimate;
  /** p when every cell is gone. */
  readonly probabilityGone: Estimate;
  /** Share of random orders that the map's deletion area beats. */
  readonly better: number;
}

/** Mean over instances at each share, with its 95 % interval. */
export interface MeanCurve {
  readonly probability: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly logit: readonly number[];
}

/** What padding is worth to the model beside what the map gives it. */
export interface PaddingWorth {
  /** Share of cells that are padding. */
  readonly cells: number;
  /** Share of padding among the top 10 % of the map's cells; above `cells` the map prefers padding. */
  readonly inTop: Estimate;
  /** p − p with every padding cell replaced and the real steps kept, per replacement. */
  readonly drop: readonly { readonly replacement: CellReplacement; readonly drop: Estimate }[];
}

/** Adebayo et al. 2018: what is left of the map when the weights are drawn anew. */
export interface Randomisation {
  /** From the logits back, all weights up to there drawn anew: the last one has no trained weight left. */
  readonly cascade: readonly RandomisedStage[];
  /** One stage at a time. */
  readonly independent: readonly RandomisedStage[];
  readonly draws: number;
  readonly n: number;
}

/** What becomes of the map when the weights of a stage are drawn anew (Adebayo et al. 2018). */
export interface RandomisedStage {
  readonly stage: string;
  /** Between the layer of the map and the logits. */
  readonly above: boolean;
  /** Mean |Spearman correlation| with the untouched map over real steps; the interval covers instances and draws. */
  readonly correlation: Estimate;
  /** The same with its sign. */
  readonly signed: number;
  /** Over all steps, zero padding included, which inflates it. */
  readonly withPadding: number;
  /** Maps without a correlation: constant, as an all-zero one. */
  readonly constant: number;
}

/** Σ map against what it must add up to. */
export interface CompletenessFigures {
  /** E.g. `logit − bias`, `logit(x) − logit(baseline)`. */
  readonly identity: string;
  /** Mean |Σ map − what it must be| in logits. */
  readonly gap: Estimate;
  readonly largest: number;
  /** Mean |gap| / mean |what it must be|. */
  readonly relative: number;
  /** Gap below which it counts as adding up, relative. */
  readonly tolerance: number;
}

/** Against cells known to make the class; over the instances that have any. */
export interface TruthScores {
  /** Instances with salient cells. */
  readonly n: number;
  readonly real: TruthFigures;
  /** Padding cells count as false ones. */
  readonly all: TruthFigures;
  /** Per instance, over real steps. */
  readonly instances: readonly InstanceTruth[];
}

/** How the maps meet the cells that are known to make the class. */
export interface TruthFigures {
  /** Share of maps whose highest cell is salient; cells that tie for the highest share the point. */
  readonly pointing: Estimate;
  /** What a random map gets: the mean share of salient cells. */
  readonly pointingChance: number;
  /** The same for the feature of the highest cell alone; null for time maps. */
  readonly pointingFeature: Estimate | null;
  readonly pointingFeatureChance: number;
  /** The same for its step alone. */
  readonly pointingStep: Estimate;
  readonly pointingStepChance: number;
  readonly aup: Estimate;
  readonly aur: Estimate;
  /** The map's own values in random places. */
  readonly aupChance: number;
  readonly aurChance: number;
  readonly averagePrecision: Estimate;
}

/** Scores of one map against the cells that make the class, 0 to 1. */
export interface InstanceTruth {
  readonly id: string;
  readonly pointing: number;
  readonly aup: number | null;
  readonly aur: number | null;
  readonly averagePrecision: number;
}

/** One answer of the evaluation with its reason. */
export interface EvaluationVerdict {
  readonly answer:
    | 'better than random'
    | 'no better than random'
    | 'depends on the replacement'
    | 'rests on the weights'
    | 'does NOT rest on the weights'
    | 'adds up'
    | 'does not add up'
    | 'not defined'
    | 'finds the truth'
    | 'misses the truth'
    | 'no truth given'
    | 'cannot tell';
  /** One sentence with its numbers; for `cannot tell`, what would tell. */
  readonly reason: string;
  readonly numbers: Readonly<Record<string, number>>;
}
