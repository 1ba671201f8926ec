/** What a hand on the plots means. Positions are CSS pixels from the stage's top left corner. */
interface Gestures {
  /** Zoom by a factor around x; false when there is nothing to zoom, so that the page scrolls instead. */
  zoom(x: number, factor: number): boolean;
  pan(pixels: number): boolean;
  reset(): void;
  hover(x: number, y: number): void;
  leave(): void;
  click(x: number, y: number): void;
}

/** A hand that moves less than this has clicked. */
const steady = 4;
const pixelsPerLine = 16;

export function listen(target: HTMLElement, gestures: Gestures): void {
  const at = (event: MouseEvent) => {
    const box = target.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  let pressed: { x: number; moved: boolean } | null = null;

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
    pressed = { x: event.clientX, moved: false };
    target.setPointerCapture(event.pointerId);
  });
  target.addEventListener('pointermove', (event) => {
    const { x, y } = at(event);
    if (pressed && (pressed.moved || Math.abs(event.clientX - pressed.x) >= steady)) {
      pressed.moved = true;
      target.classList.toggle('panning', gestures.pan(pressed.x - event.clientX));
      pressed.x = event.clientX;
    }
    gestures.hover(x, y);
  });
  const release = (event: PointerEvent) => {
    const clicked = pressed && !pressed.moved && event.type === 'pointerup';
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
