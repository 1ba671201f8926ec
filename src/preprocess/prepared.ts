import type { Finding } from '../finding.ts';
import type { Case, InputShape } from './case.ts';

/** A case as `prepare` gives it, before anybody asks which one it is: with all that was done on the way. */
export interface Prepared extends Omit<Case, 'id' | 'index' | 'label'>, InputShape {
  /** How the mask was found, fit to be shown: `auto: 103 steps added at the end`. */
  readonly origin: string;
  /** [T] 0-based step of the raw instance behind each column, -1 where padding was put in. */
  readonly source: Int32Array;
  readonly findings: readonly Finding[];
}
