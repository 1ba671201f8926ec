import type { DataType } from '../../graph/tensor.ts';
import type { Size } from './program.ts';

/** A tensor of the program in the ONNX graph. */
export interface ProgramValue {
  readonly tensor: string;
  readonly dtype: DataType;
  readonly dims: readonly Size[];
  /** All zeros, so that it may be left out as an initial state. */
  readonly zero?: true;
}

/** A size that is known only when the model runs: an int64 tensor [1], a fraction of sizes a float64 one, with the expression that tells equal ones. */
export interface ComputedCount {
  readonly tensor: string;
  readonly expression: string;
  readonly isFraction?: true;
}

/** A size: known, or computed. */
export type Count = number | ComputedCount;
