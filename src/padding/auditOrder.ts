import type { Provenance } from '../attribution/explanation.ts';
import type { Case } from '../preprocess/case.ts';
import type { Stretched } from '../preprocess/stretched.ts';
import type { Baseline } from './baseline.ts';

/** What is audited, and how much of it. */
export interface AuditOrder {
  readonly cases: readonly Case[];
  readonly shape: Baseline['shape'];
  readonly units: Baseline['units'];
  readonly features: readonly string[];
  /** Name of the layer the map verdict is about; the first of the model's layers unless given. */
  readonly layer?: string;
  readonly seed: number;
  /** Where the model has learnt from what it is audited with: by which repair of which model, and whether that lies beside it; or by `train`. */
  readonly learnt?: {
    readonly by: string;
    readonly model?: string;
    readonly isBeside?: boolean;
    /** From `n` of the `of` instances; from all of them where that is not given. */
    readonly n?: number;
    readonly of?: number;
  };
  /** The settings pad by the step at the edge. */
  readonly edgePadded?: boolean;
  /** The settings stretch series of different lengths to one. */
  readonly stretched?: Stretched | undefined;
  readonly provenance: Provenance;
}
