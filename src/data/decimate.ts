/** A step and a value. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * The points of a line over columns from..to, at most three per pixel: where columns crowd, each pixel's lowest and
 * highest value in order, so that peaks survive. Not-a-number breaks the line and is kept as a break.
 * @param at index of the series' first value in `values`
 */
export function decimate(
  values: ArrayLike<number>,
  at: number,
  from: number,
  to: number,
  pixels: number,
): Point[] {
  const points: Point[] = [];
  if (to - from <= 2 * pixels) {
    for (let x = from; x < to; x++) points.push({ x, y: values[at + x]! });
    return points;
  }
  const size = (to - from) / pixels;
  for (let bin = 0; bin < pixels; bin++) {
    pushBin(points, values, at, from + Math.floor(bin * size), from + Math.floor((bin + 1) * size));
  }
  return points;
}

function pushBin(points: Point[], values: ArrayLike<number>, at: number, start: number, end: number): void {
  let [low, high, gap] = [-1, -1, -1];
  for (let x = start; x < end; x++) {
    const y = values[at + x]!;
    if (Number.isNaN(y)) gap = x;
    else {
      if (low < 0 || y < values[at + low]!) low = x;
      if (high < 0 || y > values[at + high]!) high = x;
    }
  }
  const kept = low === high ? [low, gap] : [low, high, gap];
  for (const x of kept.sort((a, b) => a - b)) if (x >= 0) points.push({ x, y: values[at + x]! });
}
