/** The statistics [C] of a batch norm in training: its own rule differentiates through them. */
export interface BatchTaken {
  readonly batchMean: string;
  readonly batchVariance: string;
  /** x − mean, as x: 0 on padding where it is masked. */
  readonly centred: string;
  /** Tensor of one element: values per channel that they rest on. */
  readonly count: string;
}
