import { canvasText } from '../../src/surfaces/pageText.ts';

/** Something that measures text in its current font; a canvas context does. */
export interface TextMeasure {
  measureText(text: string): { width: number };
}

/** The text as it is drawn, cut in the middle where it is wider than `width` pixels. */
export function shortened(name: string, width: number, measure: TextMeasure): string {
  const text = canvasText(name);
  const fits = (part: string) => measure.measureText(part).width <= width;
  return fits(text) ? text : cutToFit(text, fits, 1 / 2);
}

/** As much of a text as fits around an ellipsis. @param share of what is kept that is its beginning, 0..1 */
export function cutToFit(text: string, fits: (text: string) => boolean, share: number): string {
  const cut = (kept: number) => {
    const head = Math.ceil(kept * share);
    return `${text.slice(0, head)}…${text.slice(text.length - (kept - head))}`;
  };
  let [low, high] = [0, text.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (fits(cut(middle))) low = middle;
    else high = middle - 1;
  }
  return cut(low);
}
