/** A picture as a PNG file. */
export interface Rasterised {
  readonly png: Uint8Array;
  /** Characters its font does not have, drawn as boxes; the SVG shows them wherever the reader has a font with them. */
  readonly missing: readonly string[];
}
