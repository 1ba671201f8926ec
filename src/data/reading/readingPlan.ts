import type { InputLayout } from '../../graph/inputLayout.ts';
import type { DataFormat, DataLayout } from '../dataForm.ts';

/**
 * How a file is read: one value that reader, panel, command line and script contract share. Structured-clonable and
 * JSON throughout, so that it crosses the engine's border as it is.
 */
export interface ReadingPlan {
  readonly file: string;
  readonly format: DataFormat;
  readonly layout: DataLayout;
  /** Text files only. */
  readonly table?: TablePlan;
  /** Columns of a table, or arrays of an archive, in file order. */
  readonly parts: readonly PlannedPart[];
  readonly instances: number;
  /** Fewest and most steps. */
  readonly steps: readonly [number, number];
  readonly features: readonly string[];
  /** Where series are cut into windows: steps of each, and from one start to the next. */
  readonly window?: number;
  readonly step?: number;
  /** Where real and padded steps are told by the file: `column valid`, `array seq_len in the file`. */
  readonly mask?: string;
  /** Where the names of files, or a table beside them, say the class: `the folder of each file`. */
  readonly labelFrom?: string;
  /** The first rows of data as they stand in a text file, a cell per part; what is long is cut. */
  readonly rows?: readonly (readonly string[])[];
  /** What stands in the file beside the plan taken, each one patch of attribution.json away. */
  readonly alternatives: readonly Alternative[];
}

/** Lines are 1-based. */
interface TablePlan {
  /** `' '` stands for runs of blanks. */
  readonly delimiter: string;
  readonly decimal: '.' | ',';
  /** Lines before the names, or before the data where there are none. */
  readonly skipped: number;
  /** Lines with the names; empty where the columns have none. */
  readonly header: readonly number[];
  readonly units?: number;
}

/** A column of a table or an array of an archive, and what it is taken for. */
export interface PlannedPart {
  readonly name: string;
  readonly role: ColumnRole;
  /** Why it is that: from a setting, the name, or what the values look like. */
  readonly reason: string;
}

/** What a column, array or row is. */
export type ColumnRole =
  | 'time'
  | 'case'
  | 'label'
  | 'length'
  | 'mask'
  | 'feature'
  | 'steps'
  | 'aside'
  | 'ids'
  | 'names';

/** Another reading of the same file. */
export interface Alternative {
  /** One line fit for a list: `column file tells the recordings apart`. */
  readonly label: string;
  /** What it gives: `6 instances × 60 steps`; absent where that is known only after reading. */
  readonly gives?: string;
  /** What attribution.json has to say for it. */
  readonly patch: ProjectPatch;
}

/** Part of an attribution.json; the properties are those of the file itself. */
export interface ProjectPatch {
  readonly data?: Readonly<Record<string, PatchValue>>;
  readonly mask?: string;
  /** Order of the axes of the model's input. */
  readonly input?: InputLayout;
  readonly classes?: readonly string[];
  /** What the model's outputs stand for. */
  readonly task?: 'classification' | 'regression';
  /** A list of steps. */
  readonly preprocess?: readonly JsonSettings[];
}

/** What a setting under "data" can be. */
export type PatchValue = string | number | boolean | null | readonly string[];

/** An object of a JSON file. */
export interface JsonSettings {
  readonly [key: string]: string | number | boolean | null | readonly number[] | JsonSettings;
}

/** Why a file is not read without asking: more than one reading fits. */
export interface Doubt {
  /** Stable word: `label-column`, `several-recordings`, … */
  readonly id: string;
  /** One sentence with the cause; the ways out are not part of it. */
  readonly sentence: string;
  readonly ways: readonly Alternative[];
}
