/** What goes on with a piece of long work. */
export type WorkActivity =
  | { readonly kind: 'idle' }
  | { readonly kind: 'busy'; readonly what: string; readonly share?: number }
  | { readonly kind: 'refused'; readonly sentence: string };
