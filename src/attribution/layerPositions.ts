/** Where the positions of a layer's time axis lie on the input, in 0-based input steps. */
export interface LayerPositions {
  /** [P] centre of each position, may be fractional. */
  readonly positions: Float64Array;
  /** [P] the input steps each position reads, from..to (`to` exclusive), clipped to the input; null: every position reads all. */
  readonly reads: { readonly from: Int32Array; readonly to: Int32Array } | null;
  readonly receptiveField: { readonly jump: number };
}

/** True where position p simply is step p: half-step offsets of even kernels are reported, not drawn. */
export function oneToOne(layer: LayerPositions, steps: number): boolean {
  return layer.receptiveField.jump === 1 && layer.positions.length === steps;
}
