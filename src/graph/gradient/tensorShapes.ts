/** What one run of the model has shown about its tensors. */
export interface TensorShapes {
  /** Dims as seen in the run, batch included; undefined for a tensor that was not seen. */
  dims(tensor: string): readonly number[] | undefined;
  /** Values of an integer tensor as seen in the run (shapes, axes, indices). */
  integers(tensor: string): readonly number[] | undefined;
}
