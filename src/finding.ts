/** Something worth saying beside a result: it does not stop the work. One sentence, fit to be shown as it is. */
export interface Finding {
  /** Stable word, e.g. `not-standardised`, `trailing-zeros-may-be-real`, `all-zero-map`. */
  readonly code: string;
  readonly severity: 'info' | 'warning';
  readonly sentence: string;
}
