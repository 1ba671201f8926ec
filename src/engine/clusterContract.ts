import type { SeriesRows } from '../export/cluster/seriesRows.ts';
import type { Finding } from '../finding.ts';
import type { Side } from '../preprocess/step.ts';

/** Maps that were computed elsewhere by an explainer. */
export interface MapsRequest {
  /** Absolute path of the explainer.onnx. */
  readonly explainer: string;
  /** Absolute path of a file, a folder or a pattern of files. */
  readonly maps: string;
  readonly seed?: number;
}

/** Which instances of a data file, for an explainer that runs elsewhere. */
export interface SeriesAsked {
  readonly model: string;
  /** Position of the first, and at most how many. */
  readonly from: number;
  readonly count: number;
  /** In the file's own units, for an explainer that prepares them itself; else as the model takes them. */
  readonly raw: boolean;
  /** T, where the model takes any number of steps. */
  readonly steps?: number;
  readonly truncate?: boolean;
}

/** Some instances of a file. */
export interface SeriesPart extends SeriesRows {
  /** Instances of the whole file. */
  readonly of: number;
  /** What reading them did that changes numbers. */
  readonly read: readonly Finding[];
  /** Where the preprocessing puts padding. */
  readonly side: Side;
}
