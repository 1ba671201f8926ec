/** Round numbers from 0 below `count`, as many as there is room for; 0 is always one of them. */
export function stepTicks(count: number, most: number): number[] {
  const rough = Math.max(1, count / Math.max(1, most));
  const power = 10 ** Math.floor(Math.log10(rough));
  const by = Math.max(1, [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= rough)!);
  return Array.from({ length: Math.ceil(count / by) }, (_, i) => i * by);
}
