import { canvasText } from '../../src/surfaces/pageText.ts';

/** Something that measures text in its current font; a canvas context does. */
interface TextMeasure {
  measureText(text: string): { width: number };
}

/** The name as it is drawn, cut with an ellipsis where it is wider than `width` pixels. */
export function shortened(name: string, width: number, measure: TextMeasure): string {
  const text = canvasText(name);
  if (measure.measureText(text).width <= width) return text;
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (measure.measureText(`${text.slice(0, middle)}…`).width <= width) low = middle;
    else high = middle - 1;
  }
  return `${text.slice(0, low)}…`;
}
