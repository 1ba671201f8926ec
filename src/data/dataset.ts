import type { Finding } from '../finding.ts';
import type { DataFormat, DataLayout } from './dataForm.ts';
import type { ReadingPlan } from './reading/readingPlan.ts';

/** What a data file holds: instances of one multivariate time series each, raw (nothing standardised, nothing padded). */
export interface Dataset {
  readonly format: DataFormat;
  readonly layout: DataLayout;
  /** Names in file order. */
  readonly features: readonly string[];
  readonly instances: readonly Instance[];
  /** Class names the file itself declares (`.ts` @classLabel), in its order. */
  readonly classes?: readonly string[];
  /** Every column of a CSV file, whatever it is used for: what a mask or length column can be picked from. */
  readonly columns?: readonly string[];
  /** Where a feature's cell stands in a row; only for CSV files whose rows are steps. */
  readonly cells?: CellPlaces;
  /** Where `Instance.mask` comes from, fit to be shown: `lengths in the file`, `column valid`. */
  readonly maskOrigin?: string;
  /** The column `Instance.times` comes from. */
  readonly time?: TimeColumn;
  readonly findings: readonly Finding[];
  /** How the file was read; absent where a script made the data. */
  readonly plan?: ReadingPlan;
}

/** How the rows of a CSV file are cut, and where in them the features stand. */
export interface CellPlaces {
  readonly delimiter: string;
  /** 0-based column of each feature, in the order of `features`. */
  readonly columns: readonly number[];
}

/** The time of the steps: numbers in the unit the file gives, dates in milliseconds since 1970, a clock in seconds. */
export interface TimeColumn {
  readonly name: string;
  readonly kind: 'number' | 'date' | 'clock';
  /** Of numbers; absent where the file names none. */
  readonly unit?: string;
}

/** One series of a file, raw, as it stands there. */
export interface Instance {
  /** As the file names it: the case column's cell, else the 0-based position as text. */
  readonly id: string;
  /** 0-based position in the file. */
  readonly index: number;
  /** Label cell as text; absent where the file has none. */
  readonly label?: string;
  /** What was measured in place of a class: numbers, a blank between several. Never beside a label. */
  readonly measured?: string;
  /** Steps in the file, L. */
  readonly length: number;
  /**
   * [F, L] feature-major, raw units. NaN where a cell is blank and `missing: 'keep'` was asked, or outside the mask.
   * Large files keep their numbers packed and unpack them on access: read it once into a variable, not in a loop.
   */
  readonly values: Float64Array;
  /** [L] 1-based line of the file where each step stands; absent for binary formats and for `wide`/`.ts` see `line`. */
  readonly lines?: Int32Array;
  /** [L] label of each step as text; only where windows are asked for and the label may change on the way. */
  readonly stepLabels?: readonly string[];
  /** Of a folder: the file it stands in, below the folder, with forward slashes. */
  readonly file?: string;
  /** [L] time of each step, where the file has a column of them that can be read. */
  readonly times?: Float64Array;
  /** 1-based line where the whole instance stands, where one line holds it (`wide`, `.ts`). */
  readonly line?: number;
  /** [L] 1 on real steps, when the file says so (mask, lengths, or a length/mask column). */
  readonly mask?: Uint8Array;
  /** True for a .npz `x` of dtype float32 in the model's exact input shape: nothing is to be standardised or padded. */
  readonly prepared?: boolean;
}
