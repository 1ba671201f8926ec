/** What an explainer.onnx said of one instance, as somebody's job kept it. */
export interface MapRow {
  /** Null where the file has no ids. */
  readonly id: string | null;
  readonly label: string | null;
  readonly predicted: number;
  /** Whose map it is; null where the file does not say. */
  readonly explained: number | null;
  /** [C] */
  readonly probabilities: Float32Array;
  /** [F · T], or [T] of a layer without features; row-major. */
  readonly map: Float32Array;
  /** [T] 0 REAL, 1 MIXED, 2 EMPTY. */
  readonly zones: Uint8Array;
  /** [3] share of |map| in REAL, MIXED, EMPTY, on the layer's own positions. */
  readonly shares: Float32Array;
}

/** Numbers an explainer is known to give for each instance. */
export interface RowShape {
  readonly classes: number;
  readonly steps: number;
  /** Of one map: F, or 1 of a layer without features. */
  readonly rows: number;
}

/** A file of maps whose rows are read when they are asked for. */
export interface MapFile {
  readonly name: string;
  readonly count: number;
  /** The labels in it, as text; null where an instance has none. */
  labels(): AsyncGenerator<string | null>;
  /** In the order of the file. @throws Refusal `maps-wrong` where a row has another shape */
  rows(shape: RowShape): AsyncGenerator<MapRow>;
  close(): Promise<void>;
}

/** Columns (of parquet) or arrays (of npz) by the names of the explainer's outputs. */
export const MAP_COLUMNS = ['predicted', 'probabilities', 'map', 'zones', 'shares'] as const;
/** Taken where they are there. */
export const EXTRA_COLUMNS = ['id', 'label', 'explained'] as const;
