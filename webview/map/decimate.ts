export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * The points of a line over columns from..to, at most about four per pixel: where columns crowd, each pixel's first,
 * lowest, highest and last value in order, so that peaks survive. Not-a-number breaks the line and is kept as a break.
 * @param at index of the series' first value in `values`
 */
export function decimate(
  values: ArrayLike<number>,
  at: number,
  from: number,
  to: number,
  pixels: number,
): Point[] {
  const count = to - from;
  const points: Point[] = [];
  if (count <= 4 * pixels) {
    for (let x = from; x < to; x++) points.push({ x, y: values[at + x]! });
    return points;
  }
  const size = count / pixels;
  for (let bin = 0; bin < pixels; bin++) {
    const start = from + Math.floor(bin * size);
    const end = from + Math.floor((bin + 1) * size);
    pushBin(points, values, at, start, end);
  }
  return points;
}

function pushBin(points: Point[], values: ArrayLike<number>, at: number, start: number, end: number): void {
  const kept = new Set([start]);
  let [low, high, gap] = [-1, -1, -1];
  for (let x = start; x < end; x++) {
    const y = values[at + x]!;
    if (Number.isNaN(y)) gap = x;
    else {
      if (low < 0 || y < values[at + low]!) low = x;
      if (high < 0 || y > values[at + high]!) high = x;
    }
  }
  for (const x of [low, high, gap, end - 1]) if (x >= start) kept.add(x);
  for (const x of [...kept].sort((a, b) => a - b)) points.push({ x, y: values[at + x]! });
}
