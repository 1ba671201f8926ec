import type { Theme } from '../theme.ts';

/** How much of the background lies over the map's colours on padding. */
export const veil = 0.25;

/** How loud the pattern of padding is. */
export type HatchStrength = 'over-map' | 'behind-line';

/**
 * Stripes for padding, as a repeating pattern at the device's own resolution. Over the map they lie on a veil of the
 * page's background, thin and far apart: what shines there is still seen. Padding that reads real steps is striped one
 * way, padding that reads nothing real both ways.
 */
export function hatch(
  context: CanvasRenderingContext2D,
  theme: Theme,
  empty: boolean,
  strength: HatchStrength,
): CanvasPattern {
  const ratio = context.getTransform().a || 1;
  const size = Math.round((strength === 'over-map' ? 16 : empty ? 12 : 10) * ratio);
  const tile = document.createElement('canvas');
  tile.width = size;
  tile.height = size;
  const pen = tile.getContext('2d')!;
  const { background, foreground, dim, highContrast } = theme;
  if (strength === 'over-map') {
    pen.globalAlpha = veil;
    pen.fillStyle = background;
    pen.fillRect(0, 0, size, size);
  }
  const lines: [colour: string, alpha: number, width: number][] =
    strength === 'over-map'
      ? [
          [background, highContrast ? 0.6 : 0.35, 2 * ratio],
          [foreground, highContrast ? 0.9 : 0.5, 0.8 * ratio],
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
