import type { Graph } from './graph.ts';
import type { OutputKind } from './outputKind.ts';
import type { Track } from './receptive/track.ts';
import type { AnswerHints } from './task.ts';

/** Where a model's answer comes from. */
export interface FoundLogits {
  /** With nodes appended where the logits had to be brought into the shape [N, C]. */
  readonly graph: Graph;
  /** Tensor [N, C], before the final Softmax, LogSoftmax or Sigmoid. */
  readonly logits: string;
  /** What turns the logits into the model's output. */
  readonly outputIs: OutputKind;
  readonly classes: number;
  /** The model's output the logits were found at. */
  readonly output: string;
  /** Outputs of which nothing but their order speaks for this one, which is the first; absent where something else does. */
  readonly tied?: readonly string[];
  /** A model with one output was read as a binary classifier: its logits are [−z, z], its classes two. */
  readonly binary: boolean;
  /** Nothing in the model says whether its one output is a class's logit or a measured number. */
  readonly open?: boolean;
  /** Present where the outputs are numbers that stand for themselves, and no classes. */
  readonly values?: ValuesOut;
}

/** Numbers that a model gives: K beside each other, or C channels at each of S steps (output `step · C + channel`). */
export interface ValuesOut {
  /** S of a sequence; null where the output has no steps. */
  readonly steps: number | null;
  /** C of a sequence, else K. */
  readonly channels: number;
  /** Whether the steps are those of the input, one for one. */
  readonly perStep: boolean;
  /** Steps of the input that a step of the answer reads; null where it reads all of them, or there are no steps. */
  readonly reads: number | null;
  /** Whether the channels of a step are classes of a final Softmax, which is left out: the numbers are its logits. */
  readonly softmax: boolean;
}

/** What the search for the answer is told. */
export interface AnswerSearch extends AnswerHints {
  /** How every tensor lies over the input's time axis. */
  readonly tracks: ReadonlyMap<string, Track>;
  /** T of the input. */
  readonly steps: number;
}
