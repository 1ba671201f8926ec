/** Visible columns: edges in columns, `to` exclusive; fractional while zooming. Column c spans c..c+1. */
export interface Visible {
  readonly from: number;
  readonly to: number;
}

/** What can be seen at most: so many columns from 0 on, or a part of them. */
type Limits = number | Visible;

/** Fewer columns than this cannot be zoomed to (all of them, where there are fewer). */
const fewest = 4;

/** All steps within the limits. */
export function everything(limits: Limits): Visible {
  return typeof limits === 'number' ? { from: 0, to: limits } : limits;
}

/** Nothing is zoomed. */
export function isEverything(visible: Visible, limits: Limits): boolean {
  const { from, to } = everything(limits);
  return visible.from <= from && visible.to >= to;
}

/** Keeps the width where it fits and pushes the window back between the limits. */
function within(visible: Visible, limits: Limits): Visible {
  const most = everything(limits);
  const columns = most.to - most.from;
  const width = Math.min(columns, Math.max(Math.min(fewest, columns), visible.to - visible.from));
  const from = Math.max(most.from, Math.min(most.to - width, visible.from));
  return { from, to: from + width };
}

/** @param at column edge that stays where it is; @param factor < 1 shows fewer columns, > 1 more */
export function zoomed(visible: Visible, limits: Limits, at: number, factor: number): Visible {
  const most = everything(limits);
  const columns = most.to - most.from;
  const width = visible.to - visible.from;
  const wanted = Math.min(columns, Math.max(Math.min(fewest, columns), width * factor));
  if (wanted >= columns) return most;
  const share = width > 0 ? (at - visible.from) / width : 0.5;
  const from = at - share * wanted;
  return within({ from, to: from + wanted }, limits);
}

/**
 * Moved within the limits.
 * @param by steps
 */
export function panned(visible: Visible, limits: Limits, by: number): Visible {
  return within({ from: visible.from + by, to: visible.to + by }, limits);
}

/** Moves just far enough for a column to be seen whole. */
export function showing(visible: Visible, limits: Limits, column: number): Visible {
  if (column < visible.from) return panned(visible, limits, column - visible.from);
  if (column + 1 > visible.to) return panned(visible, limits, column + 1 - visible.to);
  return visible;
}

/** What is remembered: null for everything, else edges to a hundredth of a column. */
export function asZoom(visible: Visible, limits: Limits): readonly [number, number] | null {
  if (isEverything(visible, limits)) return null;
  return [Math.round(visible.from * 100) / 100, Math.round(visible.to * 100) / 100];
}

/** What a zoom of another file may have kept is brought within the limits. */
export function fromZoom(zoom: readonly [number, number] | null, limits: Limits): Visible {
  if (!zoom?.every(Number.isFinite) || zoom[1] <= zoom[0]) return everything(limits);
  return within({ from: zoom[0], to: zoom[1] }, limits);
}
