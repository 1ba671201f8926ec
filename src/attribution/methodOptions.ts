/** What takes the place of values that are taken away. `instance` names another instance of the file, by id or position. */
export type Replacement =
  | { readonly kind: 'zero' }
  | { readonly kind: 'mean' }
  | { readonly kind: 'noise' }
  | { readonly kind: 'instance'; readonly id: string };

/** A rectangle of cells; null features: all of them. */
export interface OcclusionWindow {
  readonly features: number | null;
  readonly steps: number;
}

/** Every option any method has; each method names those it uses. Part of requests, runs and provenance. */
export interface MethodOptions {
  /** Where a path or a masked input starts from: what counts as "nothing there". */
  readonly baseline: Replacement;
  /** What takes the place of values that are occluded or ablated. */
  readonly replacement: Replacement;
  /** Noisy copies (SmoothGrad) or nodes on the path (integrated gradients). */
  readonly samples: number;
  /** Standard deviation of the noise, as a share of the instance's range over real steps. */
  readonly noise: number;
  /** Same seed, same map. */
  readonly seed: number;
  /** What is occluded at once. */
  readonly window: OcclusionWindow;
  /** How far the window moves; null: by its own size. */
  readonly stride: OcclusionWindow | null;
}

/** The options that some method has. */
export type OptionName = keyof MethodOptions;

/** What holds where nobody has picked anything. */
export const DEFAULT_OPTIONS: MethodOptions = {
  baseline: { kind: 'zero' },
  replacement: { kind: 'zero' },
  samples: 50,
  noise: 0.1,
  seed: 1,
  window: { features: 1, steps: 5 },
  stride: null,
};

/** Of one map: integration steps, noisy copies. */
export const MOST_SAMPLES = 1000;

/** The options a method uses, those not given by default; the seed only where something is drawn by it. */
export function usedOptions(
  names: readonly OptionName[],
  given: Partial<MethodOptions> = {},
): Partial<MethodOptions> {
  const all = { ...DEFAULT_OPTIONS, ...given };
  const draws =
    names.includes('noise') ||
    (['baseline', 'replacement'] as const).some((name) => names.includes(name) && all[name].kind === 'noise');
  const used = names.filter((name) => name !== 'seed' || draws);
  return Object.fromEntries(used.map((name) => [name, all[name]]));
}
