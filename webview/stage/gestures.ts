interface Point {
  readonly x: number;
  readonly y: number;
}

/** What a hand on the plots means. Positions are CSS pixels from the stage's top left corner. */
interface Gestures {
  /** Zoom by a factor around x; false when there is nothing to zoom, so that the page scrolls instead. */
  zoom(x: number, factor: number): boolean;
  pan(pixels: number): boolean;
  /** There is something to pan. */
  canPan?(): boolean;
  /** A drag over cells: from where it began to where the hand is; `done` when it is let go. */
  brush?(from: Point, to: Point, done: boolean): void;
  reset(): void;
  hover(x: number, y: number): void;
  leave(): void;
  click(x: number, y: number): void;
}

/** A hand that moves less than this has clicked. */
const steady = 4;
const pixelsPerLine = 16;

/** Mouse and wheel; places are CSS pixels of the target. */
export function listen(target: HTMLElement, gestures: Gestures): void {
  const at = (event: MouseEvent) => {
    const box = target.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  let pressed: { x: number; moved: boolean; start: Point; brushes: boolean } | null = null;

  target.addEventListener(
    'wheel',
    (event) => {
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? pixelsPerLine : 1;
      const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
      const isPan = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
      const used = isPan
        ? gestures.pan(sideways * unit)
        : gestures.zoom(at(event).x, Math.exp(event.deltaY * unit * 0.002));
      if (used) event.preventDefault();
    },
    { passive: false },
  );
  target.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    // With nothing to pan, a drag brushes; with Shift it always does.
    const brushes = gestures.brush !== undefined && (event.shiftKey || gestures.canPan?.() === false);
    pressed = { x: event.clientX, moved: false, start: at(event), brushes };
    target.setPointerCapture(event.pointerId);
  });
  target.addEventListener('pointermove', (event) => {
    const { x, y } = at(event);
    if (pressed && (pressed.moved || Math.abs(event.clientX - pressed.x) >= steady)) {
      pressed.moved = true;
      if (pressed.brushes) gestures.brush?.(pressed.start, { x, y }, false);
      else target.classList.toggle('panning', gestures.pan(pressed.x - event.clientX));
      pressed.x = event.clientX;
    }
    gestures.hover(x, y);
  });
  const release = (event: PointerEvent) => {
    const clicked = pressed && !pressed.moved && event.type === 'pointerup';
    if (pressed?.moved && pressed.brushes) gestures.brush?.(pressed.start, at(event), true);
    pressed = null;
    target.classList.remove('panning');
    const { x, y } = at(event);
    if (clicked) gestures.click(x, y);
  };
  target.addEventListener('pointerup', release);
  target.addEventListener('pointercancel', release);
  target.addEventListener('pointerleave', () => gestures.leave());
  target.addEventListener('dblclick', () => gestures.reset());
}
