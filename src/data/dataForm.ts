/** The kinds of files that are read. */
export type DataFormat = 'csv' | 'ts' | 'npz' | 'npy' | 'parquet';
/** single: rows are steps of one instance; long: rows are steps, a case column; wide: one univariate instance a row; columns: one a column. */
export type DataLayout = 'single' | 'long' | 'wide' | 'transposed' | 'columns' | 'array';
