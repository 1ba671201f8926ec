/**
 * How many steps at one end repeat one value in every feature, as padding does. 0 where the whole series is constant,
 * and where it is one step, or two that are not zero: sensors repeat a value now and then. One or two steps of what
 * other series of the file are padded with are padding, unless the one feature takes that value elsewhere, too.
 * @param values [F, L] raw @param fill [F]
 */
export function constantRun(
  values: Float64Array,
  features: number,
  length: number,
  end: 'trailing' | 'leading',
  fill?: Float64Array,
): number {
  const at = (feature: number, back: number): number =>
    values[feature * length + (end === 'trailing' ? length - 1 - back : back)]!;
  const everyFeature = (test: (feature: number) => boolean): boolean => {
    for (let feature = 0; feature < features; feature++) {
      if (!test(feature)) {
        return false;
      }
    }
    return true;
  };
  let run = 1;
  while (run < length && everyFeature((feature) => at(feature, run) === at(feature, 0))) {
    run++;
  }
  const isUsual =
    fill !== undefined &&
    everyFeature((feature) => at(feature, 0) === fill[feature]) &&
    (features > 1 || isOutside(values, length, run, end));
  const zeros = everyFeature((feature) => at(feature, 0) === 0);
  const alone = zeros ? run === 1 && features === 1 : run <= 2;
  return run === length || (alone && !isUsual) ? 0 : run;
}

/** Whether all other steps of one feature lie on one side of the run. */
function isOutside(values: Float64Array, length: number, run: number, end: 'trailing' | 'leading'): boolean {
  const value = values[end === 'trailing' ? length - 1 : 0]!;
  const rest = end === 'trailing' ? values.subarray(0, length - run) : values.subarray(run, length);
  return rest.every((one) => one > value) || rest.every((one) => one < value);
}
