import assert from 'node:assert/strict';
import { area, SHARES } from '../../../src/evaluation/curve.ts';
import { type RemovalPlan, removalCurves } from '../../../src/evaluation/removal.ts';
import { removalFigures } from '../../../src/evaluation/removalFigures.ts';
import { type CellReplacement, replacing } from '../../../src/evaluation/replacement.ts';
import { createRandom } from '../../../src/random.ts';
import { linearCase, linearModel, sigmoid } from './linearModel.ts';

const units = { mean: Float64Array.of(0), sd: Float64Array.of(1) };
const close = (a: number, b: number, within = 1e-6) =>
  assert.ok(Math.abs(a - b) < within, `${a} is not ${b}`);
const plan = { replacement: 'zero', scope: 'real', ranking: 'value', orders: 3 } as const;
/** Ten steps of weight 1: contributions are the values themselves. */
const ONES = Array.from({ length: 10 }, () => 1);
const FALLING = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1];

describe('deletion and insertion', () => {
  const curvesOf = async (one = linearCase(ONES, FALLING), over: Partial<RemovalPlan> = {}) => {
    const shape = { features: 1, steps: one.x.length };
    const made = await removalCurves(
      [one],
      shape,
      units,
      { ...plan, ...over },
      linearModel(ONES).ask,
      createRandom(1),
    );
    return made[0]!;
  };

  it('of a linear model, on paper', async () => {
    const { cells, deletion, insertion } = await curvesOf();
    assert.equal(cells, 10);
    // Left after taking k of the highest: 55 − (10 + 9 + …).
    const left = (k: number) => FALLING.slice(k).reduce((sum, value) => sum + value, 0);
    const counts = [0, 0, 1, 1, 2, 3, 5, 7, 8, 9, 9, 10, 10];
    assert.deepEqual([...deletion.logit], counts.map(left));
    assert.deepEqual(
      [...insertion.logit],
      counts.map((k) => 55 - left(k)),
    );
    close(deletion.probability[4]!, sigmoid(left(2)));
    // Knots at 0, 1, 2, 3, 5, 7, 8, 9, 10 cells.
    const knots = [0, 1, 2, 3, 5, 7, 8, 9, 10];
    const paper = knots
      .slice(1)
      .reduce((sum, k, i) => sum + ((k - knots[i]!) * (left(k) + left(knots[i]!))) / 2 / 10, 0);
    close(area(deletion.logit, cells), paper);
    close(area(insertion.logit, cells), 55 - paper);
  });

  it('of a map that is turned round: deletion and insertion change places', async () => {
    const right = await curvesOf();
    const wrong = await curvesOf(linearCase(ONES, FALLING, { map: FALLING.map((value) => -value) }));
    close(area(wrong.deletion.logit, 10), area(right.insertion.logit.toReversed(), 10));
    assert.ok(area(wrong.deletion.logit, 10) > area(right.deletion.logit, 10));
  });

  it('random orders end where every order ends, and differ on the way', async () => {
    const { random } = await curvesOf(undefined, { orders: 40 });
    assert.equal(random.length, 40);
    for (const { logit } of random) assert.deepEqual([logit[0], logit.at(-1)], [55, 0]);
    assert.ok(new Set(random.map(({ logit }) => logit[5])).size > 10);
    // Expected logit with a share s gone at random: (1 − s) · 55, so the area is 27.5.
    const mean = random.reduce((sum, { logit }) => sum + area(logit, 10), 0) / 40;
    close(mean, 27.5, 2);
  });

  it('equal cells go in random order: a flat map is no better than chance', async () => {
    const cases = Array.from({ length: 60 }, (_, index) =>
      linearCase(
        ONES,
        FALLING.map((value) => (value - 5) / 10),
        { index, map: ONES },
      ),
    );
    const made = await removalCurves(
      cases,
      { features: 1, steps: 10 },
      units,
      plan,
      linearModel(ONES).ask,
      createRandom(2),
    );
    const { deletionGain, insertionGain } = removalFigures(plan, made, createRandom(3));
    for (const { interval } of [deletionGain, insertionGain]) {
      assert.ok(interval[0] < 0 && interval[1] > 0, interval.join());
    }
  });

  it('within real steps the padding stays; with padding its cells go, too', async () => {
    const mask = [1, 1, 1, 1, 1, 0, 0, 0, 0, 0];
    const one = linearCase(ONES, [1, 2, 3, 4, 5, 7, 7, 7, 7, 7], { mask });
    const real = await curvesOf(one);
    assert.equal(real.cells, 5);
    assert.equal(real.deletion.logit.at(-1), 35, 'the padding is still there');
    const all = await curvesOf(one, { scope: 'all' });
    assert.equal(all.cells, 10);
    assert.equal(all.deletion.logit.at(-1), 0);
    assert.equal(all.deletion.logit[6], 15, 'the highest half is the padding');
  });

  it('comprehensiveness and sufficiency are those of ERASER', async () => {
    const made = await curvesOf();
    const figures = removalFigures(plan, [made], createRandom(1));
    const p = (share: number, curve: Float64Array) => curve[SHARES.indexOf(share)]!;
    const mean = (of: (share: number) => number) =>
      [0.01, 0.05, 0.1, 0.2, 0.5].reduce((sum, share) => sum + of(share) / 5, 0);
    const own = sigmoid(55);
    close(
      figures.comprehensiveness.value,
      mean((share) => own - p(share, made.deletion.probability)),
    );
    close(
      figures.sufficiency.value,
      mean((share) => own - p(share, made.insertion.probability)),
    );
    assert.ok(figures.sufficiency.value < figures.comprehensiveness.value + 1);
  });
});

describe('what stands in the place of a removed cell', () => {
  const one = linearCase(ONES.slice(0, 6), [1, 2, 3, 4, 9, 9], { mask: [1, 1, 1, 1, 0, 0] });
  const shape = { features: 1, steps: 6 };
  const without = (replacement: CellReplacement, removed: number[], scope: 'real' | 'all' = 'real') => {
    const of = { mean: Float64Array.of(0.5), sd: Float64Array.of(0) };
    return [...replacing(replacement, one, shape, of, scope, createRandom(1))(Uint8Array.from(removed))];
  };

  it('zero, channel mean, own mean over real steps', () => {
    assert.deepEqual(without('zero', [1, 0, 0, 1, 0, 0]), [0, 2, 3, 0, 9, 9]);
    assert.deepEqual(without('channel_mean', [1, 0, 0, 1, 0, 0]), [0.5, 2, 3, 0.5, 9, 9]);
    assert.deepEqual(without('own_mean', [1, 0, 0, 1, 0, 0]), [2.5, 2, 3, 2.5, 9, 9]);
    assert.deepEqual(without('noise', [1, 0, 0, 1, 0, 0]), [0.5, 2, 3, 0.5, 9, 9], 'sd 0');
  });

  it('last value: the one before that is still there, else the one after, else the mean', () => {
    assert.deepEqual(without('last_value', [0, 1, 1, 0, 0, 0]), [1, 1, 1, 4, 9, 9]);
    assert.deepEqual(without('last_value', [1, 1, 0, 0, 0, 0]), [3, 3, 3, 4, 9, 9]);
    assert.deepEqual(
      without('last_value', [1, 1, 1, 1, 0, 0]),
      [0.5, 0.5, 0.5, 0.5, 9, 9],
      'padding is no value',
    );
    assert.deepEqual(without('last_value', [1, 1, 1, 1, 0, 0], 'all'), [9, 9, 9, 9, 9, 9]);
  });

  it('noise is drawn once: every order is judged against the same draw', () => {
    const of = { mean: Float64Array.of(0), sd: Float64Array.of(1) };
    const replace = replacing('noise', one, shape, of, 'real', createRandom(1));
    const [a, b] = [replace(Uint8Array.of(1, 1, 0, 0, 0, 0)), replace(Uint8Array.of(1, 0, 0, 0, 0, 0))];
    assert.equal(a[0], b[0]);
    assert.notEqual(a[0], a[1]);
  });
});
