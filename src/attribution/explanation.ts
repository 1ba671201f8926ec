import type { Finding } from '../finding.ts';
import type { ValuesOut } from '../graph/foundLogits.ts';
import type { LayerSummary } from '../graph/layerSummary.ts';
import type { Completeness } from './completeness.ts';
import type { FullHow } from './how.ts';

/** REAL: inside the series. MIXED: in the padding, still reads real steps. EMPTY: reads padding only. */
export type Zone = 'REAL' | 'MIXED' | 'EMPTY';

/** One answer, complete: what was predicted, which map explains it, and where the padding lies. Flows to every view. */
export interface Explanation {
  readonly instance: ExplainedInstance;
  readonly prediction: Prediction;
  /** The class whose logit is explained, or what it is set against. */
  readonly target: ExplainedTarget;
  /** The pseudo-layer `input` for a method whose map lies at the input. */
  readonly layer: LayerSummary;
  /** How it was made, every default filled in. `maskedModel`: prediction and map are those of the masked model. */
  readonly how: FullHow;
  /** Placed on the input axis. rows = F for a 2-D layer, 1 for a 1-D one; columns = T. Never normalised, padding included. */
  readonly map: Raster;
  /** As the layer has it, with the input step (0-based, may be fractional) of each position's centre. */
  readonly native: Raster & { readonly positions: Float32Array };
  /** Zone of each of the T input columns. */
  readonly zones: readonly ZoneRun[];
  /** Share of |map| and of positions per zone, on the layer's own positions; each sums to 1 (map shares are 0 when the map is all zero). */
  readonly shares: Readonly<Record<Zone, { readonly map: number; readonly positions: number }>>;
  readonly padding: {
    /** [T] 1 on real steps. */
    readonly mask: Uint8Array;
    readonly length: number;
    readonly origin: string;
  };
  readonly signals: Signals;
  /** When each step was, where the file says it. */
  readonly time?: StepTimes;
  /** Integrated gradients only: what the map sums to, and the score it should sum to. */
  readonly completeness?: Completeness;
  /** The same method for several classes, most probable first; where they were asked for. */
  readonly classMaps?: readonly ClassMap[];
  readonly findings: readonly Finding[];
  readonly provenance: Provenance;
}

/** What a map speaks for: a class, a class against another (logit A − logit B), or the opposite of either. */
export interface ExplainedTarget {
  readonly index: number;
  readonly name: string;
  readonly against?: { readonly index: number; readonly name: string };
  /** The map shows what speaks against the class: the score is −logit. */
  readonly negative?: boolean;
}

/** The map of one class, by the same method as the explanation's own. */
export interface ClassMap {
  readonly target: { readonly index: number; readonly name: string };
  /** Placed on the input axis, as `map`. */
  readonly map: Raster;
  readonly shares: Explanation['shares'];
}

interface ExplainedInstance {
  readonly id: string;
  readonly index: number;
  /** How many instances the file holds. */
  readonly of: number;
  readonly label?: string;
  /** Of a folder: the file it stands in, below the folder, with forward slashes. */
  readonly file?: string;
  /** [T] 1-based line of the data file per input column, 0 where there is none. */
  readonly lines: Int32Array;
}

/** What the model says to one instance. */
export interface Prediction {
  /** [C], before any softmax. */
  readonly logits: Float32Array;
  /** [C] softmax (or sigmoid where the model ends in one) of the logits; absent where the outputs are numbers. */
  readonly probabilities?: Float32Array;
  /** Index of the class predicted; of outputs that are numbers the one that is explained. */
  readonly predicted: number;
  /** Names of the classes, or of the outputs that are numbers. */
  readonly classes: readonly string[];
  /** Present where the outputs are numbers that stand for themselves, and no classes: `logits` are their values. */
  readonly values?: ValuesOut;
}

/** The times of the T input columns. */
export interface StepTimes {
  /** The file's column. */
  readonly name: string;
  readonly kind: 'number' | 'date' | 'clock';
  readonly unit?: string;
  /** [T] numbers in `unit`, dates in ms since 1970, a clock in s; NaN on padding that was put in. */
  readonly values: Float64Array;
}

/** Row-major values, rows × columns. */
export interface Raster {
  readonly values: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

/** Columns from..to (0-based, `to` exclusive) of one zone. */
export interface ZoneRun {
  readonly zone: Zone;
  readonly from: number;
  readonly to: number;
}

interface Signals {
  readonly features: readonly string[];
  /** [F, T] what the model is given. */
  readonly input: Float32Array;
  /** [F, T] the file's own units, NaN where padding was put in; absent when the file holds only prepared values. */
  readonly raw?: Float32Array;
}

/** What numbers come from: enough to make them again. */
export interface Provenance {
  readonly model: string;
  /** SHA-256 of the model file, hex. */
  readonly modelHash: string;
  readonly data: string;
  /** E.g. `onnxruntime-node 1.30.0`. */
  readonly runtime: string;
  readonly version: string;
  /** SHA-256 of linked script and data, hex; absent where no script prepares the data. */
  readonly preprocess?: string;
}
