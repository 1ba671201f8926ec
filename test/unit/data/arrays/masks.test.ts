import assert from 'node:assert/strict';
import { float32, int64, tensor } from '../../../../src/graph/tensor.ts';
import { codes, refusalOf } from '../reading.ts';
import { count, float64, input, read } from './arrays.ts';

describe('npz and npy: which steps are real', () => {
  it("NaN in every feature at the end is padding, with a finding, float32 in the model's shape too; NaN elsewhere in it is refused", async () => {
    const values = [1, 2, Number.NaN, 4, 5, Number.NaN];
    const dataset = await read({ x: float64([1, 2, 3], values) });
    assert.deepEqual([...dataset.instances[0]!.mask!], [1, 1, 0]);
    assert.ok(codes(dataset).includes('nan-padding'));
    const single = await read({ x: float32([1, 2, 3], values) }, input('NFT', 2, 3));
    assert.deepEqual([...single.instances[0]!.mask!], [1, 1, 0]);
    assert.equal(single.instances[0]!.prepared, undefined);
    const gap = [1, Number.NaN, 3, 4, 5, 6];
    const refusal = await refusalOf(read({ x: float32([1, 2, 3], gap) }, input('NFT', 2, 3)));
    assert.match(refusal.message, /holds NaN or infinity \(instance 0, feature f0, step 1, counted from 0\)/);
    const filled = await read(
      { x: float32([1, 2, 3], gap) },
      { ...input('NFT', 2, 3), missing: 'interpolate' },
    );
    assert.deepEqual([...filled.instances[0]!.values], [1, 2, 3, 4, 5, 6]);
    assert.ok(filled.instances[0]!.prepared && codes(filled).includes('missing-filled'));
    const kept = read({ x: float32([1, 2, 3], gap) }, { ...input('NFT', 2, 3), missing: 'keep' });
    assert.match((await refusalOf(kept)).message, /the model would answer NaN/);
  });

  it('a mask array, or any array the mask choice names', async () => {
    const x = float64([2, 1, 3], count(6));
    const masked = await read({ x, mask: tensor('bool', [2, 3], Uint8Array.of(0, 1, 1, 1, 0, 1)) });
    assert.deepEqual(
      masked.instances.map(({ mask }) => [...mask!]),
      [
        [0, 1, 1],
        [1, 0, 1],
      ],
    );
    const named = await read(
      { x, real: int64([2], [1, 2]) },
      { lengthColumn: { column: 'real', side: 'front' } },
    );
    assert.deepEqual(
      named.instances.map(({ mask }) => [...mask!]),
      [
        [0, 0, 1],
        [0, 1, 1],
      ],
    );
    assert.equal(named.maskOrigin, 'array real in the file');
  });

  it('takes a mask of each feature where all say the same', async () => {
    const x = float64([2, 2, 3], count(12));
    const real = [1, 1, 0, 1, 0, 0];
    const each = [1, 1, 0, 1, 1, 0, 1, 0, 0, 1, 0, 0];
    const last = [1, 1, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0];
    for (const mask of [
      float64([2, 3], real),
      float64([2, 1, 3], real),
      float64([2, 3, 1], real),
      float64([2, 2, 3], each),
      float64([2, 3, 2], last),
    ]) {
      const { instances } = await read({ x, mask });
      assert.deepEqual(
        instances.map((one) => [...one.mask!]),
        [real.slice(0, 3), real.slice(3)],
      );
    }
    const other = float64([2, 2, 3], [...each.slice(0, -3), 1, 1, 0]);
    assert.equal((await refusalOf(read({ x, mask: other }))).code, 'array-shape');
  });

  it('turns a key_padding_mask round by its name where the values do not tell', async () => {
    const x = float64([2, 1, 3], count(6));
    const mask = float64([2, 3], [0, 0, 0, 0, 0, 1]);
    for (const name of ['key_padding_mask', 'src_key_padding_mask']) {
      const turned = await read({ x, [name]: mask });
      assert.deepEqual(
        turned.instances.map((one) => [...one.mask!]),
        [
          [1, 1, 1],
          [1, 1, 0],
        ],
      );
      assert.ok(codes(turned).includes('mask-inverted'));
    }
    const plain = float64([2, 3], [1, 1, 1, 1, 1, 0]);
    assert.ok(!codes(await read({ x, mask: plain })).includes('mask-inverted'));
  });
});
