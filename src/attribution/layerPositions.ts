const HALF_STEP = 0.5;
/** Of six convolutions behind each other, as an InceptionTime has them. */
const MOST_AHEAD = 3;

/** Where the positions of a layer's time axis lie on the input, in 0-based input steps. */
export interface LayerPositions {
  /** [P] centre of each position, may be fractional. */
  readonly positions: Float64Array;
  /** [P] the input steps each position reads, from..to (`to` exclusive), clipped to the input; null: every position reads all. */
  readonly reads: { readonly from: Int32Array; readonly to: Int32Array } | null;
  readonly receptiveField: { readonly jump: number };
}

/**
 * True where position p simply is step p. That even kernels reach half a step further ahead than back is reported, not
 * drawn, for several behind each other neither. As many positions lie elsewhere behind a rolled series, before their
 * steps where windows are causal, and on either side of them where a series is shifted.
 */
export function oneToOne({ receptiveField, positions, reads }: LayerPositions, steps: number): boolean {
  if (receptiveField.jump !== 1 || positions.length !== steps) return false;
  const widest = reads?.to.reduce((most, to, p) => Math.max(most, to - reads.from[p]!), 1) ?? steps;
  const ahead = Math.max(HALF_STEP, Math.min(MOST_AHEAD, (widest - 1) / 8));
  return positions.every((centre, p) => centre - p >= -HALF_STEP && centre - p <= ahead);
}

/** Beyond the ends of the input. */
export function isOutside(centre: number, steps: number): boolean {
  return centre < -0.5 || centre > steps - 0.5;
}
