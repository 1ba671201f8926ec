import type { Theme } from '../theme.ts';

export type HatchStrength = 'over-map' | 'behind-line';

/**
 * Stripes for padding, as a repeating pattern at the device's own resolution. Over the map every stripe is a light and
 * a dark line side by side, so it shows on any colour of the table. Padding that reads real steps is striped one way,
 * padding that reads nothing real both ways.
 */
export function hatch(
  context: CanvasRenderingContext2D,
  theme: Theme,
  empty: boolean,
  strength: HatchStrength,
): CanvasPattern {
  const ratio = context.getTransform().a || 1;
  const size = Math.round((empty ? 9 : 10) * ratio);
  const tile = document.createElement('canvas');
  tile.width = size;
  tile.height = size;
  const pen = tile.getContext('2d')!;
  const [dark, light] = theme.ground === 'dark' ? [theme.background, theme.foreground] : [theme.foreground, theme.background];
  const lines: [string, number, number, number][] =
    strength === 'over-map'
      ? [
          [dark, 0.85, 2.4 * ratio, 0],
          [light, 0.9, 1 * ratio, 0],
        ]
      : [[theme.dim, theme.highContrast ? 0.8 : 0.3, 1 * ratio, 0]];
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
