import type { Provenance, Raster, Zone } from '../attribution/explanation.ts';
import type { Estimate, Unavailable } from '../padding/audit.ts';
import type { Arm } from './armNames.ts';
import type { Discordance } from './mcnemar.ts';
import type { KnownPadding } from './paddingLook.ts';
import type { Candidate, Flips, MapAndTime, MaskForm, Standing } from './standing.ts';

/** A repair with its proof. */
export interface RepairFound {
  readonly before: Standing & Partial<MapAndTime>;
  /** Of the chosen repair; null where nothing helped. */
  readonly after: Standing | null;
  readonly candidates: readonly Candidate[];
  readonly chosen: Arm | null;
  /** One or more sentences: the rule, applied. */
  readonly reason: string;
  /** In which form the model is written, which is the one that was judged. */
  readonly form: MaskForm;
  /** False: no layer can be masked, so that the repairs there are were made without masks. */
  readonly masks: boolean;
  /** What the rule takes in the other form, where it takes nothing in this one. */
  readonly otherForm: { readonly form: MaskForm; readonly chosen: Arm; readonly reason: string } | null;
  /** Of the chosen repair against the model as trained, on the same instances. */
  readonly paired: {
    readonly accuracy: Estimate;
    readonly lengthCrossed: Estimate;
    readonly mcnemar: Discordance;
  } | null;
  /** Positions in the file of the instances that are right only after the chosen repair, and of those right only before. */
  readonly turned: { readonly gained: readonly number[]; readonly lost: readonly number[] } | null;
  /** How much the score of the chosen repair is flattered by having been chosen on the same instances. */
  readonly optimism: number;
  readonly judgedOn: {
    readonly instances: number;
    /** 0: learnt from another file. */
    readonly folds: number;
    /** Series that stand in the file it learnt from, too: not judged. */
    readonly leftOut?: number;
    /** Series that repeat another one of those that are judged; they stay in one fold. */
    readonly repeated?: number;
  };
  /** Share of |Grad-CAM| per zone at a layer. */
  readonly zones:
    | {
        readonly layer: string;
        readonly before: ZoneShares | Unavailable;
        readonly after: ZoneShares | Unavailable;
      }
    | Unavailable;
  /** Maps of a few padded instances at that layer, by the model as trained and by a repair that has not learnt from them. */
  readonly maps: readonly MapPair[];
  /** Milliseconds of one instance. */
  readonly latency: { readonly before: Estimate; readonly after: Estimate } | null;
  readonly written: Written | null;
  /** How many series the written file has learnt from, and how many there are in the file of data they stand in; absent where it learns from none. */
  readonly learnt?: { readonly n: number; readonly of: number };
  /** Layers that no mask could be laid over, by name: repairs with masks leave padding in them. */
  readonly notMasked: readonly string[];
  /** What no repair takes away here, and other things to know. */
  readonly notes: readonly string[];
  /** Somebody had enough: the best so far was kept. */
  readonly stopped: boolean;
  readonly epochs: number;
  readonly seed: number;
  readonly provenance: Provenance & {
    readonly dataHash: string;
    readonly train?: string;
    readonly trainHash?: string;
  };
}

/** Two maps of one instance, without ReLU, each for the class that is predicted. */
export interface MapPair {
  readonly id: string;
  /** [T] 1 on real steps. */
  readonly mask: Uint8Array;
  readonly before: Raster;
  readonly after: Raster;
}

/** Mean shares of the maps' mass over instances, summing to 1. */
export type ZoneShares = Readonly<Record<Zone, Estimate>>;

/** The repaired model as a file. */
export interface Written {
  /** Epochs it was trained for; null where nothing was trained but the last layer at most. */
  readonly epochs: number | null;
  readonly form: MaskForm;
  /** How a drop-in tells padding. */
  readonly padding: KnownPadding | null;
  /** Share of the instances the file answers as the repaired model told its mask does. */
  readonly agreement: Estimate;
  /** Flips of the file itself: a drop-in takes padding that holds something else for series. */
  readonly layout: Flips | Unavailable;
  readonly look: Flips | Unavailable;
}
