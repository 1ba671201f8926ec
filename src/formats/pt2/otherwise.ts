/** What to do where operators are not read; the program as it was called has others behind run_decompositions(). */
export function otherwise(isComposed: boolean): string {
  return isComposed
    ? 'save the program after run_decompositions(), which writes many operators by others that are read, or export the model to ONNX (torch.onnx.export)'
    : 'export the model to ONNX instead (torch.onnx.export)';
}
