/** An axis counted from the front, where ONNX lets -1 be the last one. */
export function positiveAxis(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}
