/** Positions of equal keys, in order: of each class, or of each length. */
export function positionsBy(keys: readonly number[]): Map<number, number[]> {
  const positions = new Map<number, number[]>();
  keys.forEach((key, i) => {
    const group = positions.get(key);
    if (group) group.push(i);
    else positions.set(key, [i]);
  });
  return positions;
}
