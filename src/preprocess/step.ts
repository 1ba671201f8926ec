/**
 * One step of `preprocess` in attribution.json, done in the order written.
 * - standardize: (raw − mean[f]) / std[f] in float64; population statistics over real steps only. `given` lists one
 *   number per feature in the model's order, `file` takes them from a training file, `instance` from the series itself.
 * - pad: up to `to` steps (null: what the model takes) at `side` with `value`, or each feature's outermost real one (`edge`).
 * - resample: to `to` steps (null: what the model takes), linear between neighbours; first and last step stay
 *   (uniform scaling, Tan 2019).
 * - truncate: down to `to` steps (null: what the model takes), keeping that end.
 */
export type PreprocessStep =
  | ReadyStep
  | { readonly kind: 'standardize'; readonly by: 'file'; readonly from: string };

/** A step that needs nothing but the instance. */
export type ReadyStep =
  | ({ readonly kind: 'standardize'; readonly by: 'given' } & Statistics)
  | { readonly kind: 'standardize'; readonly by: 'instance' }
  | { readonly kind: 'pad'; readonly to: number | null; readonly value: number | 'edge'; readonly side: Side }
  | { readonly kind: 'resample'; readonly to: number | null }
  | { readonly kind: 'truncate'; readonly to: number | null; readonly keep: 'start' | 'end' };

/** Where padding goes, or what is cut. */
export type Side = 'end' | 'front';

/** [F] each, in the order of `features` where it is there, else in the model's order. `std` is the population one. */
export interface Statistics {
  readonly mean: readonly number[];
  readonly std: readonly number[];
  readonly features?: readonly string[];
}

/** The side that the preprocessing pads; the end where it pads none. */
export function padSide(steps: readonly PreprocessStep[]): Side {
  return steps.find((step) => step.kind === 'pad')?.side ?? 'end';
}
