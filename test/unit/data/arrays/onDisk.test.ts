import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import type { DataOptions } from '../../../../src/data/dataOptions.ts';
import { arraysOnDisk } from '../../../../src/data/numpy/arraysOnDisk.ts';
import { datasetOf, readArrays } from '../../../../src/data/numpy/readArrays.ts';
import { writeNpy, writeNpz } from '../../../../src/data/numpy/writeNpz.ts';
import { float32, type Tensor, tensor } from '../../../../src/graph/tensor.ts';
import { createRandom } from '../../../../src/random.ts';
import { refusal } from '../../refusal.ts';

const [N, F, T] = [40, 3, 50];
const numbers = Float32Array.from({ length: N * F * T }, (_, at) => Math.sin(at) * 9);
const x = float32([N, F, T], numbers);
const y = tensor(
  'int64',
  [N],
  BigInt64Array.from({ length: N }, (_, n) => BigInt(n % 3)),
);
const lengths = tensor(
  'int32',
  [N],
  Int32Array.from({ length: N }, (_, n) => 10 + n),
);

describe('arrays that stay on disk', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'attribution-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const written = (name: string, bytes: Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  };
  const onDisk = async (path: string, options: DataOptions = {}) => {
    const { arrays, format } = await arraysOnDisk({ path }, undefined, {}, undefined, undefined);
    return datasetOf(arrays, format, path.slice(folder.length + 1), options);
  };
  const same = async (name: string, bytes: Uint8Array, options: DataOptions = {}) => {
    const [found, wanted] = [await onDisk(written(name, bytes), options), readArrays(bytes, name, options)];
    assert.equal(found.instances.length, wanted.instances.length);
    for (const [n, one] of wanted.instances.entries()) {
      const { id, label, mask, values } = found.instances[n]!;
      assert.deepEqual({ id, label, mask, values }, pick(one));
    }
    assert.deepEqual(found.plan, wanted.plan);
    return found;
  };
  const pick = ({ id, label, mask, values }: ReturnType<typeof readArrays>['instances'][number]) => ({
    ...{ id, label, mask, values },
  });
  const packed = (arrays: Readonly<Record<string, Tensor>>) =>
    zipSync(
      Object.fromEntries(Object.entries(arrays).map(([name, array]) => [`${name}.npy`, writeNpy(array)])),
      { level: 6 },
    );

  it('hold what they hold in memory: .npy, .npz stored and packed, with lengths and labels', async () => {
    const asBig = Uint8Array.from(writeNpy(x));
    const [head] = [asBig.length - numbers.byteLength];
    asBig[asBig.indexOf('<'.charCodeAt(0))] = '>'.charCodeAt(0);
    for (let at = head; at < asBig.length; at += 4) asBig.subarray(at, at + 4).reverse();
    await same('x.npy', writeNpy(x));
    await same('big.npy', asBig);
    const shorts = Int16Array.from({ length: N * F * T }, (_, at) => at % 999);
    await same('shorts.npy', writeNpy(tensor('int16', [N, T, F], shorts)), {
      input: { layout: 'NTF', features: F, steps: T },
    });
    await same('stored.npz', writeNpz({ x, y, lengths }));
    await same('packed.npz', packed({ x, y, lengths }));
    const words = Array.from({ length: N }, (_, n) => ['walk', 'run', 'stairs'][n % 3]!);
    const texts = await same('texts.npz', zipSync(unzipSync(writeNpz({ x, y: words })), { level: 6 }));
    assert.equal(texts.instances[2]!.label, 'stairs');
    // Two axes are looked at as a whole: labels or windows may stand in them.
    await same('rows.npy', writeNpy(float32([N, F * T], numbers)), { layout: 'wide' });
  });

  it('are looked at for their axes: numbers that go on along an axis have their steps there', async () => {
    const random = createRandom(5);
    /** Walks along one axis of three, apart along the others. */
    const walks = (dims: readonly [number, number, number], along: number): Float32Array => {
      const stride = dims.slice(along + 1).reduce((product, dim) => product * dim, 1);
      const x = new Float32Array(dims[0] * dims[1] * dims[2]);
      for (let at = 0; at < x.length; at++) {
        const isFirst = Math.floor(at / stride) % dims[along]! === 0;
        x[at] = isFirst ? 9 * random.normal() : x[at - stride]! + 0.3 * random.normal();
      }
      return x;
    };
    const last = await same('last.npy', writeNpy(float32([90, 12, 30], walks([90, 12, 30], 2))));
    assert.equal(last.instances[0]!.length, 30);
    const second = await same('second.npy', writeNpy(float32([90, 30, 12], walks([90, 30, 12], 1))));
    assert.equal(second.instances[0]!.length, 30);
    const asks = async (name: string, dims: readonly [number, number, number], along: number) => {
      const bytes = writeNpy(float32(dims, walks(dims, along)));
      const code = along ? 'ask-array-axes' : 'ask-steps-first';
      await assert.rejects(onDisk(written(name, bytes)), { code });
      assert.throws(() => readArrays(bytes, name, {}), { code });
    };
    await asks('shorter.npy', [90, 12, 30], 1);
    await asks('timeFirst.npy', [200, 5, 9], 0);
  });

  it('say that some instances were looked at, and find what is missing in another, or where it ends, when it is opened', async () => {
    const [instances, steps] = [20, 2 ** 18];
    const large = new Float32Array(instances * steps).map((_, at) => at % 1013);
    large[4 * steps + 7] = Number.NaN;
    large.fill(Number.NaN, 15 * steps - 9, 15 * steps);
    const path = written('large.npy', writeNpy(float32([instances, 1, steps], large)));
    const found = await onDisk(path);
    const said = found.findings.find(({ code }) => code === 'array-on-disk')!;
    assert.match(said.sentence, /^large\.npy stays on disk .* rests on 16 of 20, evenly spread\.$/);
    assert.equal(found.instances[19]!.values[3], (19 * steps + 3) % 1013);
    const { mask, values } = found.instances[14]!;
    assert.deepEqual(
      [mask?.indexOf(0), values[steps - 10], values[steps - 9]],
      [steps - 9, (15 * steps - 10) % 1013, Number.NaN],
    );
    assert.equal(found.instances[19]!.mask, undefined);
    // One series that ends in NaN shows that none is ready for the model, whether it is looked at at once or not.
    const input = { layout: 'NFT', features: 1, steps } as const;
    const raw = (await onDisk(path, { input })).instances;
    assert.deepEqual([raw[0]!.prepared, raw[14]!.mask?.indexOf(0)], [undefined, steps - 9]);
    large.fill(1, 15 * steps - 9, 15 * steps);
    const ready = await onDisk(written('ready.npy', writeNpy(float32([instances, 1, steps], large))), {
      input,
    });
    assert.equal(ready.instances[14]!.prepared, true);
    const opening = () => found.instances[4]!.values;
    assert.throws(
      opening,
      refusal('missing-value', /^large\.npy: array "x" holds NaN .*instance 4, .*step 7/),
    );
    const filled = await onDisk(path, { missing: 'interpolate' });
    assert.equal(filled.instances[4]!.values[7], (4 * steps + 7) % 1013);
    writeFileSync(path, new Uint8Array(10));
    assert.throws(() => found.instances[9]!.values, refusal('file-changed', /^large\.npy changed/));
  });

  it('cut off anywhere are refused', async () => {
    for (const [name, bytes] of [
      ['cut.npy', writeNpy(x)],
      ['cut.npz', writeNpz({ x, y })],
      ['cutPacked.npz', packed({ x, y })],
    ] as const) {
      for (let k = 0; k < 60; k++) {
        const length = Math.floor((bytes.length * k) / 60);
        const path = written(name, bytes.subarray(0, length));
        await assert.rejects(onDisk(path), { name: 'Refusal' }, `${name} cut at ${length}`);
      }
    }
  });

  it('of archives that lie are refused, and nothing is taken from elsewhere', async () => {
    const whole = writeNpz({ x, y });
    const view = new DataView(whole.buffer, whole.byteOffset);
    const end = whole.length - 22;
    const directory = view.getUint32(end + 16, true);
    const lies: Readonly<Record<string, (view: DataView) => void>> = {
      'more entries than there are': (v) => v.setUint16(end + 10, 900, true),
      'a directory beyond the file': (v) => v.setUint32(end + 16, 2 ** 31, true),
      'a directory of 3 GB': (v) => v.setUint32(end + 12, 3e9, true),
      'an entry beyond the file': (v) => v.setUint32(directory + 42, 2 ** 31, true),
      'an entry that is longer than the file': (v) => v.setUint32(directory + 20, 2 ** 31, true),
      'numbers that stand elsewhere and do not': (v) => v.setUint32(directory + 42, 0xffffffff, true),
      'a name beyond the directory': (v) => v.setUint16(directory + 28, 65535, true),
      'another way of packing': (v) => v.setUint16(directory + 10, 12, true),
    };
    for (const [what, lie] of Object.entries(lies)) {
      const bytes = Uint8Array.from(whole);
      lie(new DataView(bytes.buffer));
      await assert.rejects(onDisk(written('lies.npz', bytes)), { name: 'Refusal' }, what);
    }
    const swollen = packed({ x: float32([N, F, T], new Float32Array(N * F * T)) });
    const swollenView = new DataView(swollen.buffer, swollen.byteOffset);
    const at = swollenView.getUint32(swollen.length - 22 + 16, true);
    for (const [size, code] of [
      [2 ** 31, 'npz-too-large'],
      [2 ** 28, 'npz-too-large'],
      [9999, 'npz-corrupt'],
    ] as const) {
      swollenView.setUint32(at + 24, size, true);
      await assert.rejects(onDisk(written('swollen.npz', swollen)), { code });
    }
  });

  it('can be cancelled while one is unpacked', async () => {
    const path = written('slow.npz', packed({ x, y }));
    const stop = AbortSignal.abort(new Error('stopped by hand'));
    await assert.rejects(arraysOnDisk({ path }, undefined, {}, undefined, stop), {
      message: 'stopped by hand',
    });
  });
});
