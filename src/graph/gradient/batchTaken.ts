/** The statistics [C] of a batch norm in training: its own rule differentiates through them. */
export interface BatchTaken {
  readonly batchMean: string;
  readonly batchVariance: string;
  /** x − mean, as x: 0 on padding where it is masked; undefined where there are windows instead. */
  readonly centred?: string;
  readonly windows?: WindowsTaken;
  /** Tensor of one element: values per channel that they rest on. */
  readonly count: string;
}

/**
 * What a convolution of few inputs K to many outputs C reads, where nothing before it is trained: the statistics of its
 * outputs, and what comes back through them, follow from the windows without a pass over the outputs.
 */
export interface WindowsTaken {
  /** The convolution's output, which the batch norm alone reads. */
  readonly output: string;
  /** The windows less their mean u [N, K, P]: input channels × taps, positions. */
  readonly centred: string;
  /** The kernel W as [C, K]: x − mean = W·u. */
  readonly kernel: string;
  /** W · Σ u·uᵀ [C, K]. */
  readonly spread: string;
  /** The kernel's own dims. */
  readonly kernelDims: readonly number[];
}
