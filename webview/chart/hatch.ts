import type { Theme } from '../theme.ts';

export type HatchStrength = 'over-map' | 'behind-line';

/**
 * Stripes for padding, as a repeating pattern at the device's own resolution. Over the map every stripe is
 * a line in the page's foreground on a wider one in its background, so it shows on any colour of the table. Padding
 * that reads real steps is striped one way, padding that reads nothing real both ways.
 */
export function hatch(
  context: CanvasRenderingContext2D,
  theme: Theme,
  empty: boolean,
  strength: HatchStrength,
): CanvasPattern {
  const ratio = context.getTransform().a || 1;
  const size = Math.round((empty ? 12 : 10) * ratio);
  const tile = document.createElement('canvas');
  tile.width = size;
  tile.height = size;
  const pen = tile.getContext('2d')!;
  const { background, foreground, dim, ground, highContrast } = theme;
  const lines: [colour: string, alpha: number, width: number][] =
    strength === 'over-map'
      ? [
          // Wide bright stripes would outshine the map.
          [background, ground === 'dark' ? 0.75 : empty ? 0.3 : 0.6, 2.4 * ratio],
          [foreground, empty ? 0.55 : 0.85, 1 * ratio],
        ]
      : [[dim, highContrast ? 0.55 : 0.3, 1 * ratio]];
  for (const [colour, alpha, width] of lines) {
    pen.strokeStyle = colour;
    pen.globalAlpha = alpha;
    pen.lineWidth = width;
    stripes(pen, size, empty);
  }
  const pattern = context.createPattern(tile, 'repeat')!;
  pattern.setTransform(new DOMMatrix().scale(1 / ratio));
  return pattern;
}

/** One stripe with its halves in the corners, so that the tile repeats without a seam. */
function stripes(pen: CanvasRenderingContext2D, size: number, crossed: boolean): void {
  pen.beginPath();
  for (const shift of [-size, 0, size]) {
    pen.moveTo(shift - size * 0.5, size * 1.5);
    pen.lineTo(shift + size * 1.5, -size * 0.5);
    if (crossed) {
      pen.moveTo(shift - size * 0.5, -size * 0.5);
      pen.lineTo(shift + size * 1.5, size * 1.5);
    }
  }
  pen.stroke();
}
