import { cividis } from '../../raster/cividis.ts';
import { diverging } from '../../raster/diverging.ts';

/** Of the editor's theme. */
export type EditorGround = 'dark' | 'light';

/** Steps of colour; signed maps share them between the two signs. */
export const LEVELS = 16;

/** 0: nothing to show. 1..16, or on a signed map -8..-1 and 1..8: the stronger, the further from 0. */
export type Level = number;

/** @param high the value of the strongest colour, > 0 */
export function levelOf(value: number, high: number, signed: boolean): Level {
  if (!Number.isFinite(value) || value === 0 || high <= 0) return 0;
  const steps = signed ? LEVELS / 2 : LEVELS;
  const step = Math.max(1, Math.min(steps, Math.ceil((Math.abs(value) / high) * steps)));
  return value < 0 ? -step : step;
}

/** How far a level is from nothing, 0..1. */
export function strengthOf(level: Level, signed: boolean): number {
  return Math.abs(level) / (signed ? LEVELS / 2 : LEVELS);
}

/** The colour the panel gives such a value, as `r, g, b`. */
export function colourOf(level: Level, signed: boolean, ground: EditorGround): string {
  const t = strengthOf(level, signed) * Math.sign(level);
  return (signed ? diverging(t, ground) : cividis(t)).join(', ');
}
