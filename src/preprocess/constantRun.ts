/**
 * What a file is padded with at one end: numbers [F], the last real value of each series (`edge`; `any-edge` where no step
 * is like the one before it but there), or a number of each one's own that follows from its mean or its scale (`own`).
 */
export type EndFill = Float64Array | 'edge' | 'any-edge' | 'own';

/**
 * How many steps at one end repeat one value in every feature, as padding does. 0 where the whole series is constant,
 * and where it is one step, or two that are not zero: sensors repeat a value now and then. One or two steps of what
 * other series of the file are padded with are padding, unless the one feature takes that value elsewhere, too. Where a
 * file repeats the last real value, one of the run is real.
 * @param values [F, L] raw
 */
export function constantRun(
  values: Float64Array,
  features: number,
  length: number,
  end: 'trailing' | 'leading',
  fill?: EndFill,
): number {
  const [last, inwards] = end === 'trailing' ? [length - 1, -1] : [0, 1];
  const at = (feature: number): number => values[feature * length + last]!;
  const isEvery = (test: (feature: number) => boolean): boolean => {
    for (let feature = 0; feature < features; feature++) if (!test(feature)) return false;
    return true;
  };
  let run = 1;
  while (run < length && areAlike(values, features, length, last + inwards * run, last)) run++;
  const isUsual =
    fill instanceof Float64Array
      ? isEvery((feature) => at(feature) === fill[feature]) && (features > 1 || !comesAgain(values, at(0)))
      : (fill === 'any-edge' || (fill === 'own' && features > 1)) && run > 1;
  const zeros = isEvery((feature) => at(feature) === 0);
  const alone = zeros ? run === 1 && features === 1 : run <= 2;
  if (run === length || (alone && !isUsual)) return 0;
  return fill === 'edge' || fill === 'any-edge' ? run - 1 : run;
}

/** Whether two steps of [F, L] are the same in every feature. */
export function areAlike(
  values: Float64Array,
  features: number,
  length: number,
  step: number,
  other: number,
): boolean {
  for (let row = 0; row < features * length; row += length) {
    if (values[row + step] !== values[row + other]) return false;
  }
  return true;
}

/** Whether one feature takes a value anywhere but at its ends. */
function comesAgain(values: Float64Array, value: number): boolean {
  const isOther = (one: number): boolean => one !== value;
  const [first, last] = [values.findIndex(isOther), values.findLastIndex(isOther)];
  return values.subarray(first, last).includes(value);
}
