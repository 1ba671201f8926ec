/** Turns of the power method; each is one product with a small square matrix. */
const MOST_TURNS = 20_000;

/**
 * [P] Projection of every position on the first principal component of activations [C, P], centred per channel.
 * @param counts positions that centre and component are found on
 */
export function principalComponent(
  activation: Float32Array,
  channels: number,
  counts: (cell: number) => boolean,
): Float32Array {
  const cells = activation.length / channels;
  const chosen = Array.from({ length: cells }, (_, cell) => cell).filter(counts);
  if (chosen.length === 0) return new Float32Array(cells);
  const centred = new Float64Array(activation.length);
  for (let channel = 0; channel < channels; channel++) {
    const row = channel * cells;
    const mean = chosen.reduce((sum, cell) => sum + activation[row + cell]!, 0) / chosen.length;
    for (let cell = 0; cell < cells; cell++) centred[row + cell] = activation[row + cell]! - mean;
  }
  // The smaller of X Xᵀ [C, C] and Xᵀ X [P, P] has the same first singular value.
  const at = (channel: number, i: number) => centred[channel * cells + chosen[i]!]!;
  const byChannel = channels <= chosen.length;
  const size = byChannel ? channels : chosen.length;
  const depth = byChannel ? chosen.length : channels;
  const value = byChannel ? at : (i: number, channel: number) => at(channel, i);
  const vector = firstEigenvector(gram(size, depth, value), size);
  const direction = byChannel
    ? vector
    : Float64Array.from({ length: channels }, (_, channel) =>
        vector.reduce((sum, each, i) => sum + each * at(channel, i), 0),
      );
  const length = Math.hypot(...direction) || 1;
  const projected = new Float64Array(cells);
  for (let channel = 0; channel < channels; channel++) {
    const weight = direction[channel]! / length;
    for (let cell = 0; cell < cells; cell++) projected[cell]! += weight * centred[channel * cells + cell]!;
  }
  return Float32Array.from(projected);
}

function gram(size: number, depth: number, value: (i: number, j: number) => number): Float64Array {
  const rows = Array.from({ length: size }, (_, i) =>
    Float64Array.from({ length: depth }, (_, j) => value(i, j)),
  );
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k <= i; k++) {
      let sum = 0;
      for (let j = 0; j < depth; j++) sum += rows[i]![j]! * rows[k]![j]!;
      matrix[i * size + k] = matrix[k * size + i] = sum;
    }
  }
  return matrix;
}

/** Of a positive semidefinite matrix, by the power method (von Mises 1929), from its longest row. */
function firstEigenvector(matrix: Float64Array, size: number): Float64Array {
  const row = (i: number) => matrix.subarray(i * size, (i + 1) * size);
  let longest = 0;
  for (let i = 1; i < size; i++) if (matrix[i * size + i]! > matrix[longest * size + longest]!) longest = i;
  let vector = normed(Float64Array.from(row(longest)));
  const turns = Math.max(200, Math.min(MOST_TURNS, Math.floor(1e9 / (size * size))));
  for (let turn = 0; turn < turns; turn++) {
    const next = normed(vector.map((_, i) => row(i).reduce((sum, each, j) => sum + each * vector[j]!, 0)));
    const moved = next.reduce((most, each, i) => Math.max(most, Math.abs(each - vector[i]!)), 0);
    vector = next;
    if (moved < 1e-12) break;
  }
  return vector;
}

function normed(vector: Float64Array): Float64Array {
  const length = Math.hypot(...vector);
  return length > 0 ? vector.map((each) => each / length) : vector;
}
