import type { DataFormat, DataLayout } from '../data/dataForm.ts';
import type { CellPlaces } from '../data/dataset.ts';
import type { ReadingPlan } from '../data/reading/readingPlan.ts';
import type { Finding } from '../finding.ts';
import type { ReadingFact } from './reading/topics.ts';

/** What there is to know of a data file without its values. */
export interface DataSummary {
  readonly path: string;
  readonly plan: ReadingPlan;
  /** How it is read, a line for each thing that can be changed. */
  readonly facts: readonly ReadingFact[];
  readonly format: DataFormat;
  readonly layout: DataLayout;
  readonly features: readonly string[];
  /** Where a feature's cell stands in a row; only for CSV files whose rows are steps. */
  readonly cells?: CellPlaces;
  readonly instances: readonly InstanceSummary[];
  readonly findings: readonly Finding[];
}

/** One instance of a file, without its values. */
export interface InstanceSummary {
  readonly id: string;
  readonly index: number;
  readonly length: number;
  readonly label?: string;
  /** 1-based first and last line in the file, where it has lines. */
  readonly lines?: readonly [number, number];
}
