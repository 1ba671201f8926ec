/**
 * How many steps at one end repeat one value in every feature, as padding does. 0 where it is one step alone that is
 * not zero throughout, and where the whole series is constant.
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
  const alone = run === 1 && !(zeros && features > 1);
  return run === length || alone ? 0 : run;
}
