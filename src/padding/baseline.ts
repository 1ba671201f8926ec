import type { Answers } from '../attribution/asker.ts';
import type { Case, InputShape } from '../preprocess/case.ts';
import type { ChannelUnits } from './refill.ts';

/** The untouched cases and what the model says to them. */
export interface Baseline {
  readonly cases: readonly Case[];
  readonly answers: Answers;
  readonly shape: InputShape;
  readonly units: ChannelUnits;
}
