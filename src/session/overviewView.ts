/** How it stands with the dataset view; the overview itself goes apart, as it is large and seldom changes. */
export interface OverviewView {
  /** An overview of the file being looked at has been made. */
  readonly made: boolean;
  /** Model, mask, data or picks have changed since it was made. */
  readonly outdated: boolean;
  readonly activity:
    | { readonly kind: 'idle' }
    | { readonly kind: 'busy'; readonly what: string; readonly share?: number }
    | { readonly kind: 'refused'; readonly sentence: string };
  /** How many the file holds. */
  readonly instances: number;
}
