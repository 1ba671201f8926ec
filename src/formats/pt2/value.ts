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

/** A size: known, or an int64 tensor [1] with the expression that tells equal ones. */
export type Count = number | { readonly tensor: string; readonly expression: string };
