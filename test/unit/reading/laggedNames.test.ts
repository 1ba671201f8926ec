import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { codes, readText, rowsOf } from '../data/reading.ts';

const STEPS = 12;
const value = (of: number, step: number, feature: string): string =>
  (Math.sin(of + step * 0.4 + feature.length) + of / 10).toFixed(3);

/** Six rows; the oldest step first, as tools that shift columns write them. */
function table(
  features: readonly string[],
  name: (feature: string, lag: number) => string,
  byStep = false,
): string {
  const lags = Array.from({ length: STEPS }, (_, step) => STEPS - 1 - step);
  const columns = byStep
    ? lags.flatMap((lag) => features.map((feature) => ({ feature, lag })))
    : features.flatMap((feature) => lags.map((lag) => ({ feature, lag })));
  const rows = Array.from({ length: 6 }, (_, of) =>
    [
      of,
      ...columns.map(({ feature, lag }) => value(of, STEPS - 1 - lag, feature)),
      of % 2 ? 'a' : 'b',
    ].join(),
  );
  return `id,${columns.map(({ feature, lag }) => name(feature, lag)).join()},label\n${rows.join('\n')}\n`;
}

const right = (of: number, features: readonly string[]): number[][] =>
  features.map((feature) => Array.from({ length: STEPS }, (_, step) => Number(value(of, step, feature))));
const model = (features: number): DataOptions => ({ input: { layout: 'NFT', features, steps: STEPS } });

describe('reading: names of columns that count back from now', () => {
  const names: readonly (readonly [string, (feature: string, lag: number) => string])[] = [
    ['x(t-3) … x(t-0)', (feature, lag) => `${feature}(t-${lag})`],
    ['x(t-3) … x(t)', (feature, lag) => (lag ? `${feature}(t-${lag})` : `${feature}(t)`)],
    ['x_lag_3', (feature, lag) => `${feature}_lag_${lag}`],
    ['x_lag3 … x', (feature, lag) => (lag ? `${feature}_lag${lag}` : feature)],
    ['x_t_minus_3', (feature, lag) => `${feature}_t_minus_${lag}`],
    ['x_3_ago', (feature, lag) => `${feature}_${lag}_ago`],
    ['x_-3 … x_0', (feature, lag) => `${feature}_${-lag}`],
    ['x-3', (feature, lag) => `${feature}-${lag}`],
    ['lag3_x', (feature, lag) => `lag${lag}_${feature}`],
    ['L3.x', (feature, lag) => `L${lag}.${feature}`],
    ['lag3_x … x', (feature, lag) => (lag ? `lag_${lag}_${feature}` : feature)],
    ['x -15min … x', (feature, lag) => (lag ? `${feature} -${5 * lag}min` : feature)],
    ['x.shift(3) … x', (feature, lag) => (lag ? `${feature}.shift(${lag})` : feature)],
  ];
  for (const [what, name] of names) {
    it(`${what}: the steps stand as they do, whichever way the table lies`, async () => {
      const features = ['var1', 'gyro2'];
      for (const byStep of [false, true]) {
        for (const options of [{}, model(2)]) {
          const set = await readText(table(features, name, byStep), options);
          assert.deepEqual(set.features, features);
          assert.deepEqual(rowsOf(set.instances[3]!), right(3, features));
          assert.equal(set.instances[3]!.label, 'a');
        }
      }
    });
  }

  it('one feature: the step of now belongs to the others, and a minus is no hyphen', async () => {
    for (const name of [names[1]![1], names[6]![1], names[7]![1]]) {
      const set = await readText(table(['value'], name), model(1));
      assert.deepEqual(rowsOf(set.instances[3]!), right(3, ['value']));
    }
  });

  it('other names that count down are put in order, and said', async () => {
    const features = ['ax', 'ay'];
    for (const name of [
      (feature: string, down: number) => `${feature}_${down}`,
      (feature: string, down: number) => `t${down}_${feature}`,
    ]) {
      const sorted = await readText(table(features, name));
      const backwards = right(1, features).map((row) => row.toReversed());
      assert.deepEqual([sorted.features, rowsOf(sorted.instances[1]!)], [features, backwards]);
      assert.ok(codes(sorted).includes('steps-sorted'));
    }
  });

  it('one word behind each feature, and down to now: lags under any name', async () => {
    for (const name of [
      (feature: string, lag: number) => `${feature}_behind_${lag}`,
      (feature: string, lag: number) => `${feature}_past${lag}`,
    ]) {
      const set = await readText(table(['temp', 'rpm'], name), model(2));
      assert.deepEqual(rowsOf(set.instances[3]!), right(3, ['temp', 'rpm']));
      assert.ok(codes(set).includes('steps-sorted'), String(codes(set)));
    }
  });

  it('now under a name of its own, for every feature: its step, whatever the others add to the name', async () => {
    const called = (feature: string, lag: number) => (lag ? `${feature}_target_lag-${lag}` : feature);
    const features = ['temp', 'rpm'];
    const set = await readText(table(features, called), model(2));
    assert.deepEqual(rowsOf(set.instances[3]!), right(3, features));
  });

  it('numbers that a name says are those of steps are read in their order, also where they count down', async () => {
    const features = ['temp', 'rpm'];
    const counted = await readText(
      table(features, (feature, lag) => `${feature}_t${lag}`),
      model(2),
    );
    const mirrored = right(3, features).map((row) => row.toReversed());
    assert.deepEqual(rowsOf(counted.instances[3]!), mirrored);
    assert.ok(codes(counted).includes('steps-sorted'), String(codes(counted)));
  });
});
