import assert from 'node:assert/strict';
import { Collector } from '../../../src/overview/collect.ts';
import { finish } from '../../../src/overview/finish.ts';
import type { Overview } from '../../../src/overview/overview.ts';
import { robustZ } from '../../../src/overview/robustZ.ts';
import { theilSen } from '../../../src/overview/theilSen.ts';
import { createRandom } from '../../../src/random.ts';
import { CLASSES, explained, type Made } from './explained.ts';

async function overview(made: readonly Made[]): Promise<Pick<Overview, 'outliers' | 'untold' | 'instances'>> {
  const labels = new Set(made.flatMap(({ label }) => label ?? []));
  const collector = new Collector({ instances: made.length, longest: 20, classes: CLASSES, labels });
  for (const [i, one] of made.entries()) collector.add(explained(one, i));
  return finish(collector, { classes: CLASSES, hasFeatures: true, seed: 1 });
}

const random = createRandom(9);
/** Two features, 20 steps, of which `length` are real: a hill on the first, noise everywhere. */
function hill(length: number, where = 0.5, height = 1): number[][] {
  return [1, 0].map((on) =>
    Array.from({ length: 20 }, (_, t) =>
      t < length
        ? height * (on * Math.exp(-((t / length - where) ** 2) / 0.02) + 0.05 * Math.abs(random.normal()))
        : 0,
    ),
  );
}
const lasts = (length: number) => Array.from({ length: 20 }, (_, t) => (t < length ? 1 : 0));
/** `n` walks of different lengths whose maps look alike and whose answers are right. */
const alike = (n: number): Made[] =>
  Array.from({ length: n }, (_, i) => ({
    label: 'walk',
    map: hill(10 + (i % 10), 0.5, 1 + (i % 4)),
    mask: lasts(10 + (i % 10)),
  }));
const kinds = ({ outliers }: Pick<Overview, 'outliers'>) =>
  outliers.map(({ instance, reasons }) => [instance, reasons.map(({ kind }) => kind)]);

describe('Outliers', () => {
  it('are none where all maps look alike, whatever their height and length', async () => {
    const { outliers, untold } = await overview(alike(40));
    assert.deepEqual([outliers, untold], [[], []]);
  });

  it('find the planted map, and say how far it is', async () => {
    const made = [...alike(40), { label: 'walk', map: hill(14, 0.05), mask: lasts(14) }];
    const found = await overview(made);
    assert.deepEqual(kinds(found), [[40, ['far-from-class']]]);
    assert.match(
      found.outliers[0]!.reasons[0]!.sentence,
      /^Its map correlates −?0\.\d\d with the mean map of the 40 others predicted as walk; usual is 0\.9\d \(robust z −\d+\.\d\)\.$/,
    );
  });

  it('compare with the class of the answer, not of the label', async () => {
    const runs = Array.from({ length: 20 }, (_, i) => ({
      ...{ predicted: 1, label: i ? 'run' : 'walk', map: hill(15, 0.1), mask: lasts(15), p: 0.75 },
    }));
    const found = await overview([...alike(20), ...runs]);
    assert.deepEqual(kinds(found), [[20, ['misclassified']]]);
    assert.equal(found.outliers[0]!.reasons[0]!.sentence, 'Labelled walk, predicted run (p 0.75).');
  });

  it('are zero maps, everywhere or on the real steps only, and flat ones', async () => {
    const zero = () => new Array<number>(20).fill(0);
    const found = await overview([
      ...alike(20),
      { map: [zero(), zero()] },
      { map: [lasts(10).map((on) => 1 - on), zero()], mask: lasts(10) },
      { map: [zero().fill(2), zero().fill(2)] },
    ]);
    const said = (instance: number) =>
      found.outliers
        .find((outlier) => outlier.instance === instance)!
        .reasons.map(({ sentence }) => sentence);
    assert.equal(said(20)[0], 'Its map is zero everywhere.');
    assert.equal(said(21)[0], 'Its map is zero on all real steps: everything it has lies on padding.');
    assert.match(said(22)[0]!, /^Its map is flat/);
  });

  /** A walk of some length with `on` in every cell of its padding. */
  const padded = (length: number, on: number, predicted = 0): Made => {
    const map = hill(length, predicted ? 0.1 : 0.5);
    for (const row of map) row.fill(on, length);
    return { label: CLASSES[predicted]!, predicted, map, mask: lasts(length) };
  };

  it('are maps with an unusual share on padding, for their class and length', async () => {
    const found = await overview([
      // Walks shine on padding as much as it is long; runs hardly do: neither is unusual.
      ...Array.from({ length: 20 }, (_, i) => padded(6 + (i % 12), 0.1 + 0.002 * (i % 5))),
      ...Array.from({ length: 20 }, (_, i) => padded(6 + (i % 12), 0.002 * (i % 5), 1)),
      padded(14, 3),
    ]);
    assert.deepEqual(kinds(found), [[40, ['padding-share']]]);
    assert.match(
      found.outliers[0]!.reasons[0]!.sentence,
      /^\d\d % of its map lies on padding; usual is \d+ % for what is predicted as walk and has 30 % of its positions there \(robust z \d+\.\d\)\.$/,
    );
  });

  it('are not maps whose share on padding differs by next to nothing', async () => {
    const { outliers } = await overview([
      ...Array.from({ length: 20 }, (_, i) => padded(6 + (i % 12), 0)),
      padded(14, 0.005),
    ]);
    assert.deepEqual(outliers, []);
  });

  it('cannot be told of one instance, of few, and without labels; that is said', async () => {
    const { outliers, untold } = await overview([{ map: hill(14), mask: lasts(14) }]);
    assert.deepEqual(outliers, []);
    assert.equal(untold.length, 3);
    assert.match(untold[0]!, /takes at least 10 maps of it; there are fewer of walk \(1\)\./);
    assert.match(untold[1]!, /at least 10 padded instances of a class; there are fewer of walk \(1\)\./);
    assert.match(untold[2]!, /^Whether answers are right cannot be told: the file has no labels/);
  });

  it('with a label the model does not know is not called wrong', async () => {
    const { outliers, untold } = await overview([
      ...alike(12),
      { map: hill(12), mask: lasts(12), label: 'swim' },
    ]);
    assert.deepEqual(outliers, []);
    assert.match(untold.join(), /cannot be told for 1 instance without a label that is a class of the model/);
  });
});

describe('The Theil–Sen line', () => {
  it('goes through points on a line, whatever a few others do', () => {
    const x = Array.from({ length: 20 }, (_, i) => i);
    const y = x.map((value) => (value % 7 === 3 ? 100 : 1 + 2 * value));
    for (const [i, value] of theilSen(x, y).entries()) assert.ok(Math.abs(value - (1 + 2 * i)) < 1e-9);
  });

  it('is level where all points stand over each other, and takes many points', () => {
    assert.deepEqual(theilSen([5, 5, 5], [1, 2, 9]), [2, 2, 2]);
    const x = Array.from({ length: 5000 }, (_, i) => i / 5000);
    const line = theilSen(
      x,
      x.map((value) => 3 * value),
    );
    assert.ok(Math.abs(line.at(-1)! - 3 * x.at(-1)!) < 1e-9);
  });
});

describe('Robust z', () => {
  it('is that of Iglewicz and Hoaglin', () => {
    const { median, z } = robustZ([1, 2, 3, 4, 100]);
    assert.equal(median, 3);
    // MAD 1: 0.6745 · 97.
    assert.ok(Math.abs(z[4]! - 65.4265) < 1e-4);
  });

  it('goes by the mean deviation where most values are the same, and is 0 where all are', () => {
    const { z } = robustZ([1, 1, 1, 1, 6]);
    assert.ok(Math.abs(z[4]! - 5 / 1.253314) < 1e-9);
    assert.deepEqual(robustZ([2, 2, 2]).z, [0, 0, 0]);
  });
});
