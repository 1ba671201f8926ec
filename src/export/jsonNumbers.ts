/** Shortest usual decimal that gives the same float32 back; null where JSON has no number for it. */
export function jsonNumber(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(9)) : null;
}

/** Row-major values as nested arrays: [rows][columns]. */
export function nested(values: Float32Array, columns: number): (number | null)[][] {
  const rows = columns === 0 ? 0 : values.length / columns;
  return Array.from({ length: rows }, (_, row) => flat(values.subarray(row * columns, (row + 1) * columns)));
}

/**
 * null for what JSON has no number for.
 * @param values [n], in the order of the array
 */
export function flat(values: Float32Array): (number | null)[] {
  return Array.from(values, jsonNumber);
}
