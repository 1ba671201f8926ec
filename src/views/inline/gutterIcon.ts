import { colourOf, type EditorGround, type Level, strengthOf } from './level.ts';

/**
 * A bar as tall as the line, so that the rows below one another draw a profile on its side. Length tells what colour
 * tells. Signed maps grow from the middle, to the left against the class; rows of padding are hatched.
 * @returns an SVG document
 */
export function gutterIcon(
  level: Level,
  signed: boolean,
  ground: EditorGround,
  padded: boolean,
  stale: boolean,
): string {
  const room = signed ? 7 : 13;
  const width = Math.max(1.5, room * strengthOf(level, signed));
  const x = signed ? (level < 0 ? 8 - width : 8) : 1.5;
  const colour = `rgb(${colourOf(level, signed, ground)})`;
  const hatch = `<pattern id="h" width="3" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V4" stroke="${colour}" stroke-width="2.4"/></pattern>`;
  const fill = padded ? 'url(#h)' : colour;
  const opacity = stale ? 0.35 : 1;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" width="16" height="16" preserveAspectRatio="none" opacity="${opacity}">${padded ? hatch : ''}<rect x="${x.toFixed(1)}" y="0" width="${width.toFixed(1)}" height="16" fill="${fill}"/></svg>`;
}
