import type { Answers } from './ask.ts';
import type { AuditCase, InputShape } from './auditCase.ts';
import type { ChannelUnits } from './refill.ts';

/** The untouched cases and what the model says to them. */
export interface Baseline {
  readonly cases: readonly AuditCase[];
  readonly answers: Answers;
  readonly shape: InputShape;
  readonly units: ChannelUnits;
}
