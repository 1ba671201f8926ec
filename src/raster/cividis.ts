/**
 * Cividis (Nuñez, Anderton, Renslow 2018): dark blue to yellow with evenly rising lightness, the same for people
 * with and without colour deficiency. Polynomial fit as in d3-scale-chromatic (Bostock, ISC).
 * @param t 0..1
 * @returns red, green, blue in 0..255
 */
export function cividis(t: number): readonly [number, number, number] {
  return [
    byte(-4.54 - t * (35.34 - t * (2381.73 - t * (6402.7 - t * (7024.72 - t * 2710.57))))),
    byte(32.49 + t * (170.73 + t * (52.82 - t * (131.46 - t * (176.58 - t * 67.37))))),
    byte(81.24 + t * (442.36 - t * (2482.43 - t * (6167.24 - t * (6614.94 - t * 2475.67))))),
  ];
}

function byte(value: number): number {
  return Math.max(0, Math.min(255, Math.round(value)));
}
