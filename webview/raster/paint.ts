import type { ColourTable } from '../../src/raster/colourTable.ts';

/**
 * Values → pixels by table look-up; values beyond the range take the end colours, not-a-number stays transparent.
 * @param pixels as many as values, one 32-bit RGBA each
 * @param values [cells], as are the pixels
 */
export function paint(
  values: Float32Array,
  range: { readonly low: number; readonly high: number },
  table: ColourTable,
  pixels: Uint32Array,
): void {
  const last = table.length - 1;
  const scale = range.high > range.low ? last / (range.high - range.low) : 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) {
      pixels[i] = 0;
      continue;
    }
    const shade = Math.round((value - range.low) * scale);
    pixels[i] = table[shade < 0 ? 0 : shade > last ? last : shade]!;
  }
}
