/** A layer as a person recognises it: conv + batch-norm + activation are one entry; its map is read at `tensor`. */
export interface LayerSummary {
  /** Shown and typed, e.g. `conv2dblock`, `block.2.conv`; unique within the model. */
  readonly name: string;
  /** Tensor of the graph the attribution is taken at (the last part's output). */
  readonly tensor: string;
  /** E.g. `Conv 2-D + ReLU`, `Concat`, `Add + ReLU`. */
  readonly kind: string;
  /** The parts' operators and output tensors, first to last. */
  readonly parts: readonly { readonly op: string; readonly tensor: string }[];
  /** Without batch: [C, T'] or [C, F', T']. */
  readonly shape: readonly number[];
  /** 1: a time map, of [C, T'] or the mean over rows that are no features. 2: [C, F', T'], a feature × time map. */
  readonly rank: 1 | 2;
  readonly receptiveField: ReceptiveFieldSummary;
  /** E.g. `first conv`, `2-D block`, `last conv`, `last conv block`, `one-channel bottleneck follows`. */
  readonly marks: readonly string[];
  /** No gradient comes to it: the answer rests on it through steps or cuts (detach, no_grad) alone. */
  readonly isCut?: boolean;
  /** What a person who asks for this layer has to know of it, in whole sentences; absent where there is nothing. */
  readonly note?: string;
}

/** Along time, in input steps. Position p reads steps start + p·jump − (size−1)/2 … start + p·jump + (size−1)/2. */
export interface ReceptiveFieldSummary {
  /** Steps one position can read; null when every position reads everything (RNN, global pooling, attention). */
  readonly size: number | null;
  /** Input steps between neighbouring positions. */
  readonly jump: number;
  /** Centre of position 0 in input steps, may be negative or fractional. */
  readonly start: number;
}
