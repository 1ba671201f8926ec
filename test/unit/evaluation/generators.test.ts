import assert from 'node:assert/strict';
import type { GeneratedInstance, GeneratedSet } from '../../../src/evaluation/generators/generatedSet.ts';
import { generate, SETS } from '../../../src/evaluation/generators/sets.ts';
import { csvOf, truthOf } from '../../../src/evaluation/generators/writeSet.ts';

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Values on and off the salient cells. */
function split({ values, length, salient }: GeneratedInstance): { on: number[]; off: number[] } {
  const parts: { on: number[]; off: number[] } = { on: [], off: [] };
  for (const [i, value] of values.entries()) {
    const [f, t] = [Math.floor(i / length), i % length];
    const is = salient.some(({ feature, from, to }) => feature === f && t >= from && t < to);
    (is ? parts.on : parts.off).push(value);
  }
  return parts;
}

const all = ({ instances }: GeneratedSet, label: number, part: 'on' | 'off') =>
  mean(instances.filter((one) => one.label === label).flatMap((one) => split(one)[part]));
const near = (a: number, b: number, within: number) =>
  assert.ok(Math.abs(a - b) < within, `${a} is not ${b}`);

describe('generated sets', () => {
  for (const name of SETS) {
    it(`${name} is the same for a seed, and its salient cells lie inside the series`, () => {
      const [one, again, other] = [generate(name, 20, 4), generate(name, 20, 4), generate(name, 20, 5)];
      assert.deepEqual(one, again);
      assert.notDeepEqual(one, other);
      for (const { values, length, salient, label } of one.instances) {
        assert.equal(values.length, one.features * length);
        assert.ok(length <= one.steps && label < one.classes.length);
        for (const { feature, from, to } of salient) {
          assert.ok(feature >= 0 && feature < one.features && from >= 0 && from < to && to <= length);
        }
      }
      assert.equal(new Set(one.instances.map(({ label }) => label)).size, 2);
    });
  }

  it('content: a 6-step bump of +2.5 on feature 2 or 5, whatever the length', () => {
    const set = generate('content', 400, 1);
    for (const { salient, label, length } of set.instances) {
      assert.ok(length >= 10 && length <= 21);
      assert.deepEqual(
        salient.map(({ feature, from, to }) => [feature, to - from]),
        [[label === 0 ? 2 : 5, 6]],
      );
    }
    for (const label of [0, 1]) {
      near(all(set, label, 'on'), 2.5, 0.1);
      near(all(set, label, 'off'), 0, 0.03);
      near(mean(set.instances.filter((one) => one.label === label).map(({ length }) => length)), 15.5, 0.8);
    }
  });

  it('length: noise, the class is L < 16', () => {
    const { instances } = generate('length', 300, 1);
    assert.ok(
      instances.every(
        ({ label, length, salient }) => label === (length < 16 ? 0 : 1) && salient.length === 0,
      ),
    );
  });

  it('mixed: a bump of +1, the length agrees in 90 %', () => {
    const set = generate('mixed', 2000, 1);
    near(all(set, 0, 'on'), 1, 0.05);
    near(
      mean(set.instances.map(({ label, length }) => (label === (length < 16 ? 0 : 1) ? 1 : 0))),
      0.9,
      0.02,
    );
  });

  for (const [name, features, steps, feature, step] of [
    ['Middle', 30, 30, 10, 10],
    ['SmallMiddle', 14, 14, 18, 18],
    ['RareTime', 40, 6, 5, 22],
    ['RareFeature', 6, 40, 22, 5],
  ] as const) {
    it(`${name}: ±1 in ${features} features × ${steps} steps from (${feature}, ${step}); Moving: anywhere`, () => {
      const set = generate(name, 30, 1);
      near(all(set, 0, 'on'), -1, 0.1);
      near(all(set, 1, 'on'), 1, 0.1);
      near(all(set, 1, 'off'), 0, 0.02);
      const { salient } = set.instances[0]!;
      assert.deepEqual([salient.length, salient[0]], [features, { feature, from: step, to: step + steps }]);
      const moving = generate(`Moving_${name}`, 30, 1);
      near(all(moving, 1, 'on'), 1, 0.1);
      const starts = moving.instances.map((one) => `${one.salient[0]!.feature} ${one.salient[0]!.from}`);
      assert.ok(new Set(starts).size > 10);
      assert.ok(moving.instances.every((one) => one.salient.length === features));
    });
  }

  it('are written as CSV with the truth beside', () => {
    const set = generate('content', 3, 1);
    const lines = [...csvOf(set)].join('').trimEnd().split('\n');
    assert.equal(lines[0], 'case,t,label,f00,f01,f02,f03,f04,f05,f06,f07');
    assert.equal(lines.length, 1 + set.instances.reduce((sum, { length }) => sum + length, 0));
    const [first] = set.instances;
    assert.equal(Number(lines[1]!.split(',')[3]), Number(first!.values[0]!.toPrecision(6)));
    const { salient } = truthOf(set) as { salient: object[] };
    assert.deepEqual(salient[0], { case: 0, ...first!.salient[0] });
  });
});
