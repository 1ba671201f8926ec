/** The first step that is real, and behind the last one. */
export interface Ends {
  readonly from: number;
  readonly to: number;
}

/**
 * Where a series begins and ends that is filled with NaN: from the first step to behind the last one that holds a number
 * in any feature. The whole series where there is none.
 * @param values [F, L]
 */
export function nanEnds(values: ArrayLike<number>, features: number, length: number): Ends {
  const isBlank = (step: number): boolean => {
    for (let feature = 0; feature < features; feature++) {
      if (!Number.isNaN(values[feature * length + step])) return false;
    }
    return true;
  };
  let to = length;
  while (to > 0 && isBlank(to - 1)) to--;
  if (to === 0) return { from: 0, to: length };
  let from = 0;
  while (isBlank(from)) from++;
  return { from, to };
}

/** [L]; undefined where the whole series is real. */
export function maskOf({ from, to }: Ends, length: number): Uint8Array | undefined {
  return to - from === length ? undefined : new Uint8Array(length).fill(1, from, to);
}

/** How sentences call the ends at which series are filled: `begin and end`. */
export function endsWords(ends: { readonly front: number; readonly end: number }): string {
  return [...(ends.front > 0 ? ['begin'] : []), ...(ends.end > 0 ? ['end'] : [])].join(' or ');
}
