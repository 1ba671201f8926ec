import assert from 'node:assert/strict';
import { writeNpy } from '../../../../src/data/numpy/writeNpz.ts';
import { createRandom } from '../../../../src/random.ts';
import { codes, readBytes, rowsOf } from '../reading.ts';
import { count, float64, input, read } from './arrays.ts';

describe('npz and npy: which axis is which', () => {
  it('features last, or one instance without its axis, where only that fits the model; it is said', async () => {
    const last = await read({ x: float64([1, 4, 2], count(8)) }, input('NFT', 2, 9));
    assert.deepEqual(rowsOf(last.instances[0]!), [
      [1, 3, 5, 7],
      [2, 4, 6, 8],
    ]);
    assert.match(last.findings.find(({ code }) => code === 'array-axes')!.sentence, /read as \[N, T, F\]/);
    assert.deepEqual(
      rowsOf((await read({ x: float64([2, 3], count(6)) }, input('NFT', 2, 3))).instances[0]!),
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    );
    assert.deepEqual(
      rowsOf((await read({ x: float64([3, 2], count(6)) }, input('NFT', 2, 3))).instances[0]!),
      [
        [1, 3, 5],
        [2, 4, 6],
      ],
    );
    const univariate = await read({ x: float64([2, 3], count(6)) }, input('NFT', 1, 3));
    assert.deepEqual(univariate.instances.map(rowsOf), [[[1, 2, 3]], [[4, 5, 6]]]);
    assert.ok(codes(await read({ x: float64([2, 3], count(6)) }, { layout: 'wide' })).includes('array-axes'));
    const plain = await readBytes(writeNpy(float64([3], [1, 2, 4])), {}, 'data.npy');
    assert.equal(plain.format, 'npy');
    assert.deepEqual(rowsOf(plain.instances[0]!), [[1, 2, 4]]);
  });

  it('names, a mask or lengths beside it say which axis is time, where no model does', async () => {
    const x = float64([2, 5, 3], count(30));
    const beside = {
      feature_names: ['a', 'b', 'c'],
      mask: float64([2, 5], Array(10).fill(1)),
      lengths: float64([2], [5, 4]),
    };
    for (const [name, array] of Object.entries(beside)) {
      const { instances } = await read({ x, [name]: array });
      assert.deepEqual([instances[0]!.length, rowsOf(instances[0]!)[0]], [5, [1, 4, 7, 10, 13]], name);
    }
    assert.equal((await read({ x })).instances[0]!.length, 3);
  });

  it('says which order is taken where the shape leaves two', async () => {
    const square = float64([2, 3, 3], count(18));
    assert.ok(codes(await read({ x: square }, input('NFT', 3, null))).includes('axes-unsure'));
    const thin = await read({ x: float64([1, 4, 2], count(8)) });
    assert.match(thin.findings.map(({ sentence }) => sentence).join(), /that is 4 features of 2 steps/);
    assert.ok(!codes(await read({ x: float64([1, 2, 4], count(8)) })).includes('axes-unsure'));
    const timeFirst = await read({ x: float64([4, 3, 2], count(24)) }, input('NFT', 2, 4));
    assert.match(timeFirst.findings.map(({ sentence }) => sentence).join(), /if time stands first/);
    assert.ok(
      !codes(await read({ x: float64([1, 4, 2], count(8)) }, input('NFT', 2, 4))).includes('axes-unsure'),
    );
  });

  it('warns where numbers go on along the features of a model that takes any number of steps', async () => {
    const wave = (along: 1 | 2) =>
      float64(
        [4, 20, 5],
        Array.from({ length: 400 }, (_, i) => {
          const [t, f] = [Math.floor(i / 5) % 20, i % 5];
          return along === 1 ? Math.sin(t / 4 + 2 * f) : Math.sin(f / 4 + 2 * t);
        }),
      );
    const said = async (along: 1 | 2, steps: number | null) =>
      (await read({ x: wave(along) }, input('NFT', 20, steps))).findings.filter(
        ({ code }) => code === 'axes-unsure',
      );
    assert.match((await said(1, null))[0]!.sentence, /20 features of 5 steps.*go on along the axis of 20/);
    assert.deepEqual([...(await said(2, null)), ...(await said(1, 5))], []);
  });

  it('asks where numbers go on along the shorter, second axis and no model says which is that of the steps', async () => {
    const random = createRandom(3);
    const walks = (n: number, steps: number, features: number, stepsFirst: boolean) => {
      const x = new Float64Array(n * steps * features);
      for (let i = 0; i < n * features; i++) {
        let at = 0;
        const [k, f] = [Math.floor(i / features), i % features];
        for (let t = 0; t < steps; t++) {
          at += 0.3 * random.normal();
          x[k * steps * features + (stepsFirst ? t * features + f : f * steps + t)] = at + 2 * f;
        }
      }
      return float64([n, ...(stepsFirst ? [steps, features] : [features, steps])], [...x]);
    };
    for (const [steps, features] of [
      [24, 30],
      [10, 12],
      [50, 64],
      [30, 30],
    ] as const) {
      const x = walks(6, steps, features, true);
      const asked =
        steps < features ? read({ x }) : read({ x }).then(({ instances }) => instances[0]!.length);
      if (steps < features) {
        await assert.rejects(asked, /go on along the second, as steps do, though it is the shorter one/);
        const { instances } = await read({ x }, { layout: 'single' });
        assert.deepEqual([instances.length, instances[0]!.length], [6, steps]);
      } else assert.equal(await asked, steps);
      const usual = await read({ x: walks(6, features + 1, steps, false) });
      assert.deepEqual([usual.instances.length, usual.instances[0]!.length], [6, features + 1]);
    }
  });
});
