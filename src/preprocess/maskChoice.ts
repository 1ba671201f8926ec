/**
 * How a padding mask is chosen; the text form is what `--mask`, attribution.json and the picker use.
 * auto: what the file or the pad step says, else a trailing or leading run in which every feature repeats one value.
 */
export type MaskChoice =
  | { readonly kind: 'auto' }
  | { readonly kind: 'none' }
  | { readonly kind: 'trailing' }
  | { readonly kind: 'leading' }
  | { readonly kind: 'length'; readonly length: number; readonly side: 'end' | 'front' }
  | { readonly kind: 'length-column'; readonly column: string; readonly side: 'end' | 'front' }
  | { readonly kind: 'mask-column'; readonly column: string };
