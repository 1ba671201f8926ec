/** Where the positions of a layer's time axis lie on the input, in 0-based input steps. */
export interface LayerPositions {
  /** [P] centre of each position, may be fractional. */
  readonly positions: Float64Array;
  /** [P] the input steps each position reads, from..to (`to` exclusive), clipped to the input; null: every position reads all. */
  readonly reads: { readonly from: Int32Array; readonly to: Int32Array } | null;
  readonly receptiveField: { readonly jump: number };
}

/** True where position p simply is step p: half-step offsets of even kernels are reported, not drawn. */
export function oneToOne({ receptiveField, positions }: LayerPositions, steps: number): boolean {
  if (receptiveField.jump !== 1 || positions.length !== steps) return false;
  // Behind a rolled series there are as many, and elsewhere.
  return Math.abs(positions[steps - 1]! - positions[0]! - (steps - 1)) < 0.5;
}

/** Beyond the ends of the input. */
export function isOutside(centre: number, steps: number): boolean {
  return centre < -0.5 || centre > steps - 0.5;
}
