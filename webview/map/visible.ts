/** Visible columns: edges in columns, `to` exclusive; fractional while zooming. Column c spans c..c+1. */
export interface Visible {
  readonly from: number;
  readonly to: number;
}

/** Fewer columns than this cannot be zoomed to (all of them, where there are fewer). */
const fewest = 4;

export function everything(columns: number): Visible {
  return { from: 0, to: columns };
}

export function isEverything(visible: Visible, columns: number): boolean {
  return visible.from <= 0 && visible.to >= columns;
}

/** Keeps the width where it fits and pushes the window back between 0 and `columns`. */
function within(visible: Visible, columns: number): Visible {
  const width = Math.min(columns, Math.max(Math.min(fewest, columns), visible.to - visible.from));
  const from = Math.max(0, Math.min(columns - width, visible.from));
  return { from, to: from + width };
}

/** @param at column edge that stays where it is; @param factor < 1 shows fewer columns, > 1 more */
export function zoomed(visible: Visible, columns: number, at: number, factor: number): Visible {
  const width = visible.to - visible.from;
  const wanted = Math.min(columns, Math.max(Math.min(fewest, columns), width * factor));
  if (wanted >= columns) return everything(columns);
  const share = width > 0 ? (at - visible.from) / width : 0.5;
  const from = at - share * wanted;
  return within({ from, to: from + wanted }, columns);
}

export function panned(visible: Visible, columns: number, by: number): Visible {
  return within({ from: visible.from + by, to: visible.to + by }, columns);
}

/** Moves just far enough for a column to be seen whole. */
export function showing(visible: Visible, columns: number, column: number): Visible {
  if (column < visible.from) return panned(visible, columns, column - visible.from);
  if (column + 1 > visible.to) return panned(visible, columns, column + 1 - visible.to);
  return visible;
}

/** What is remembered: null for everything, else edges to a hundredth of a column. */
export function asZoom(visible: Visible, columns: number): readonly [number, number] | null {
  if (isEverything(visible, columns)) return null;
  return [Math.round(visible.from * 100) / 100, Math.round(visible.to * 100) / 100];
}

export function fromZoom(zoom: readonly [number, number] | null, columns: number): Visible {
  if (!zoom?.every(Number.isFinite) || zoom[1] <= zoom[0]) return everything(columns);
  return within({ from: zoom[0], to: zoom[1] }, columns);
}
