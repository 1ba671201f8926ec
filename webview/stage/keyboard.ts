import type { Cell } from '../map/cell.ts';
import { type GridSize, moved } from '../map/move.ts';

/** What the keys on the focused map do. */
interface KeyActions {
  cell(): Cell;
  grid(): GridSize;
  go(cell: Cell): void;
  reveal(): void;
  leave(): void;
  zoom(factor: number): void;
  reset(): void;
  /** Begins a selection at the cell, or drops it. */
  brush?(): void;
  /** To what can be asked of the selection. */
  ask?(): void;
  /** Adds or removes the cell's feature as a line. */
  toggleSignal(): void;
  /** Puts the cell's row first, or back. */
  pin?(): void;
}

/** For screen readers. */
export const keyHelp =
  'Arrow keys walk the cells, with Shift ten at a time; Home and End go to the first and last step, Page Up and Page Down half a view. ' +
  'Enter shows the row in the file, S draws the feature as a line, plus and minus zoom, 0 shows everything, Escape leaves.';

/** Where cells can be chosen. */
export const brushHelp =
  'P pins the row to the top. B begins a selection: arrow keys widen it, Enter shows it in the file, W goes on to What if, Escape drops it.';

const zoomStep = 0.7;

/** The keys of keyHelp and brushHelp. */
export function listenToKeys(target: HTMLElement, actions: KeyActions): void {
  const plain: Record<string, () => void> = {
    Enter: actions.reveal,
    Escape: actions.leave,
    '+': () => actions.zoom(zoomStep),
    '=': () => actions.zoom(zoomStep),
    '-': () => actions.zoom(1 / zoomStep),
    '0': actions.reset,
    s: actions.toggleSignal,
    ...(actions.pin && { p: actions.pin }),
    ...(actions.brush && { b: actions.brush }),
    ...(actions.ask && { w: actions.ask }),
  };
  target.addEventListener('keydown', (event) => {
    // Anything with a modifier other than Shift belongs to the editor.
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = moved(actions.cell(), event.key, event.shiftKey, actions.grid());
    const act = next ? () => actions.go(next) : plain[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
}
