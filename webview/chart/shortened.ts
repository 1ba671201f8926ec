import { canvasText } from '../../src/surfaces/pageText.ts';

/** Something that measures text in its current font; a canvas context does. */
interface TextMeasure {
  measureText(text: string): { width: number };
}

/**
 * The name as it is drawn, cut in the middle where it is wider than `width` pixels: names of one sensor differ at their
 * end, those of several at their beginning.
 */
export function shortened(name: string, width: number, measure: TextMeasure): string {
  const text = canvasText(name);
  if (measure.measureText(text).width <= width) return text;
  const cut = (kept: number) =>
    `${text.slice(0, Math.ceil(kept / 2))}…${text.slice(text.length - Math.floor(kept / 2))}`;
  let [low, high] = [0, text.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (measure.measureText(cut(middle)).width <= width) low = middle;
    else high = middle - 1;
  }
  return cut(low);
}
