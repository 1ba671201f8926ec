/** `62 %` */
export function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

/** `[0.00, 0.06]` */
export function interval(range: readonly [number, number], format: (value: number) => string): string {
  return `[${format(range[0])}, ${format(range[1])}]`;
}
