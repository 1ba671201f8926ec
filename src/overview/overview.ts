import type { Provenance, Zone } from '../attribution/explanation.ts';
import type { FullHow } from '../attribution/how.ts';
import type { Estimate } from '../padding/audit.ts';
import type { Thumbnails } from './thumbnails.ts';

/** Where step 0 of the mean map is: at the first real step, at the last one, or nowhere: share of the series. */
export const alignments = ['start', 'end', 'relative'] as const;

/** Where series of different lengths are laid over each other. */
export type Alignment = (typeof alignments)[number];

/** normalised: every instance counts the same, whatever the height of its map. raw: the numbers as they are. */
export const scales = ['normalised', 'raw'] as const;

/** In which units maps are added up. */
export type Scale = (typeof scales)[number];

/** By what instances are put together. */
export type Grouping = 'label' | 'predicted';

/** What the maps of all instances of a file have in common, class by class, and which do not fit in. */
export interface Overview {
  readonly instances: readonly OverviewInstance[];
  /** [N, F] mean |map| over the real steps, raw; empty for a layer without features. */
  readonly importance: Float32Array;
  readonly thumbnails: Thumbnails;
  readonly classes: readonly string[];
  /** False where the file has none, or too many different ones to be classes. */
  readonly labelled: boolean;
  /** Names of the map's rows; null for a layer without features (one row, a time map). */
  readonly features: readonly string[] | null;
  /** How the maps were made; the target is each instance's predicted class, or one class for all. */
  readonly how: FullHow;
  /** `Grad-CAM` */
  readonly methodLabel: string;
  /** All instances, then those of each label, then those of each predicted class; only groups with instances. */
  readonly groups: readonly Group[];
  /** Steps a column of the start and end alignment stands for; more than 1 where there are very many cells. */
  readonly stepsPerColumn: number;
  readonly outliers: readonly Outlier[];
  /** What could not be told about outliers, and why; one sentence each. */
  readonly untold: readonly string[];
  /** Warnings of one kind with the first one's sentence, and how many instances they came with; 1 for one about the file. */
  readonly warnings: readonly { readonly sentence: string; readonly n: number }[];
  readonly seed: number;
  readonly provenance: Provenance;
}

/** What the overview says of one instance of the file. */
export interface OverviewInstance {
  readonly id: string;
  readonly index: number;
  /** Real steps. */
  readonly length: number;
  /** As the file has it. */
  readonly label: string | null;
  readonly predicted: number;
  /** Of the predicted class. */
  readonly probability: number;
  /** Null where labels and classes cannot be compared. */
  readonly correct: boolean | null;
  /** Share of |map| per zone; null for an all-zero map. */
  readonly zones: Readonly<Record<Zone, number>> | null;
  /** Share of the layer's positions that are padding. */
  readonly paddedPositions: number;
  /** Mean |map| over real steps and features: what normalising divides by. */
  readonly level: number;
}

/** Instances that are looked at together, and their mean maps. */
export interface Group {
  readonly by: 'all' | Grouping;
  readonly name: string;
  /** Positions in `instances`. */
  readonly members: Int32Array;
  /** Of the members, those whose map is zero on all real steps: left out of whatever is normalised. */
  readonly zeroMaps: number;
  /** Shortest, median and longest number of real steps. */
  readonly lengths: readonly [number, number, number];
  /** Mean share of |map| per zone, over the members whose map is not all zero; null where there is none. */
  readonly zones: Readonly<Record<Zone, Estimate>> | null;
  readonly maps: Readonly<Record<Alignment, Readonly<Record<Scale, MeanMap>>>>;
  /** Null for a layer without features. */
  readonly ranking: Readonly<Record<Scale, FeatureRanking>> | null;
}

/** A mean over instances; what an instance does not reach is not made up: every column says on how many it rests. */
export interface MeanMap {
  readonly rows: number;
  readonly columns: number;
  /** [rows, columns] NaN where no instance reaches. */
  readonly mean: Float32Array;
  /** [rows, columns] standard error of the mean, NaN where fewer than 2 instances reach. */
  readonly error: Float32Array;
  /** [columns] instances with a real step there. */
  readonly n: Int32Array;
  /** [columns] mean over rows, and its standard error over instances. */
  readonly profile: Float32Array;
  readonly profileError: Float32Array;
}

/** Features of one class by their share of its maps. */
export interface FeatureRanking {
  /** Strongest first. */
  readonly features: readonly RankedFeature[];
  /** Instances it rests on. */
  readonly n: number;
  /** Mean Spearman correlation of the ranks with those of redrawn instances; null where it cannot be told. */
  readonly stability: number | null;
}

/** One feature's place among all. */
export interface RankedFeature {
  readonly feature: number;
  /** Normalised: share of |map| on real steps, all features sum to 1. Raw: mean |map| over real steps. */
  readonly value: number;
  /** 95 % over instances; null where there are too few to tell. */
  readonly interval: readonly [number, number] | null;
  /** 95 % of the ranks it takes among redrawn instances, 1 = strongest. */
  readonly ranks: readonly [number, number] | null;
}

/** Why an instance stands out. */
export type OutlierKind = 'zero-map' | 'flat-map' | 'far-from-class' | 'padding-share' | 'misclassified';

/** An instance that does not fit in, with every reason. */
export interface Outlier {
  /** Position in `instances`. */
  readonly instance: number;
  readonly reasons: readonly {
    readonly kind: OutlierKind;
    /** Words and numbers. */
    readonly sentence: string;
    /** Robust z, where it is one. */
    readonly z?: number;
  }[];
}

/** Columns that rest on fewer instances are marked as thin. */
export const FEW = 5;
