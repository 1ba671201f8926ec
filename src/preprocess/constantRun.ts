/**
 * How many steps at one end repeat one value in every feature, as padding does. 0 where the whole series is constant,
 * and where it is one step, or two that are not zero: sensors repeat a value now and then.
 * @param values [F, L] raw
 */
export function constantRun(
  values: Float64Array,
  features: number,
  length: number,
  end: 'trailing' | 'leading',
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
  const zeros = everyFeature((feature) => at(feature, 0) === 0);
  const alone = zeros ? run === 1 && features === 1 : run <= 2;
  return run === length || alone ? 0 : run;
}
