import { cividis } from './cividis.ts';
import { diverging } from './diverging.ts';

/** 256 colours, lowest value first, each as a pixel of a little-endian RGBA image. */
export type ColourTable = Uint32Array;

const shades = 256;

/** Signed maps get the diverging table with zero in the middle, the others cividis with zero at the start. */
export function colourTable(signed: boolean, ground: 'dark' | 'light'): ColourTable {
  return Uint32Array.from({ length: shades }, (_, i) => {
    const t = i / (shades - 1);
    const [red, green, blue] = signed ? diverging(2 * t - 1, ground) : cividis(t);
    return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  });
}
