import type { Visible } from './visible.ts';

/** Where the columns are drawn, in CSS pixels of the stage. */
export interface Span {
  readonly left: number;
  readonly width: number;
}

/** Edge position in columns, fractional, not clipped. */
export function edgeAt(x: number, span: Span, visible: Visible): number {
  return visible.from + ((x - span.left) / span.width) * (visible.to - visible.from);
}

/** 0-based column under x, null outside the drawn columns. */
export function columnAt(x: number, span: Span, visible: Visible, columns: number): number | null {
  if (x < span.left || x >= span.left + span.width) return null;
  const column = Math.floor(edgeAt(x, span, visible));
  return column >= 0 && column < columns ? column : null;
}

/** 0-based row under y, null outside. */
export function rowAt(y: number, top: number, height: number, rows: number): number | null {
  if (y < top || y >= top + height) return null;
  return Math.floor(((y - top) / height) * rows);
}

/** Left edge of a column in CSS pixels of the stage. */
export function xOf(column: number, span: Span, visible: Visible): number {
  return span.left + ((column - visible.from) / (visible.to - visible.from)) * span.width;
}
