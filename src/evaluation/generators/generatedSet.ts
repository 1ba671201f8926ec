/** Series whose class is known to come from known cells. */
export interface GeneratedSet {
  readonly name: string;
  /** F */
  readonly features: number;
  /** T, what shorter series are padded to. */
  readonly steps: number;
  readonly classes: readonly string[];
  readonly instances: readonly GeneratedInstance[];
}

/** A series and the cells that make its class. */
export interface GeneratedInstance {
  /** Index of its class. */
  readonly label: number;
  /** L, real steps. */
  readonly length: number;
  /** [F, L] feature-major. */
  readonly values: Float32Array;
  /** Cells that make the class: steps from..to (`to` exclusive) of a feature. */
  readonly salient: readonly { readonly feature: number; readonly from: number; readonly to: number }[];
}

/** `f00`, `f01`, … */
export function featureNames({ features }: Pick<GeneratedSet, 'features'>): string[] {
  return Array.from({ length: features }, (_, f) => `f${String(f).padStart(2, '0')}`);
}
