import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { readKerasArchive, readLegacyH5 } from '../../../../src/formats/keras/readKeras.ts';
import { Refusal } from '../../../../src/refusal.ts';
import { bundled } from '../../../workbench/bundled.ts';
import { refusal } from '../../refusal.ts';
import { legacy, parts, replaced, whole } from './spoiltKeras.ts';

/** Read or refused, soon, and nothing else. */
function survives(work: () => unknown, what: string): boolean {
  const begin = performance.now();
  try {
    work();
    return true;
  } catch (error) {
    assert.ok(error instanceof Refusal, `${what}: ${error instanceof Error ? error.stack : String(error)}`);
    assert.match(error.message, /^[A-Z].*\.$/s, what);
    return false;
  } finally {
    assert.ok(performance.now() - begin < 2000, `${what} took too long`);
  }
}

describe('hostile Keras files', () => {
  it('cut short anywhere are refused', () => {
    for (const share of [0.001, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 0.999]) {
      const at = (bytes: Uint8Array) => bytes.slice(0, Math.floor(bytes.length * share));
      assert.equal(
        survives(() => readKerasArchive(at(whole)), `.keras at ${share}`),
        false,
      );
      assert.equal(
        survives(() => readLegacyH5(at(legacy)), `.h5 at ${share}`),
        false,
      );
      const cut = zipSync({ ...parts, 'model.weights.h5': at(parts['model.weights.h5']!) }, { level: 0 });
      assert.equal(
        survives(() => readKerasArchive(cut), `weights at ${share}`),
        false,
      );
    }
    assert.throws(
      () => readLegacyH5(legacy.slice(0, -1)),
      refusal('broken-model', new RegExp(`cut short, at ${legacy.length - 1} of ${legacy.length} bytes`)),
    );
  });

  it('with bytes changed anywhere are read or refused', () => {
    let state = 7;
    const random = (below: number) => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    // Most of the file is weights; what is worth breaking begins with a signature.
    const text = Buffer.from(legacy).toString('latin1');
    const places = [...text.matchAll(/TREE|SNOD|HEAP|GCOL|\x89HDF/g)].map(({ index }) => index);
    let broken = 0;
    for (let round = 0; round < 120; round++) {
      const bytes = legacy.slice();
      for (let i = 0; i < 3; i++) {
        const at = places[random(places.length)]! + random(round % 2 === 0 ? 64 : 400);
        bytes[at] = random(3) === 0 ? 255 : random(256);
      }
      if (!survives(() => readLegacyH5(bytes), `round ${round}`)) broken++;
    }
    assert.ok(broken > 30, `${broken} were refused`);
  });

  it('with a B-tree that leads back to itself are refused', () => {
    const bytes = Buffer.from(legacy);
    for (let at = bytes.indexOf('TREE'); at >= 0; at = bytes.indexOf('TREE', at + 1)) {
      bytes[at + 5] = 1;
      bytes.writeBigUInt64LE(BigInt(at), at + 32);
    }
    assert.throws(() => readLegacyH5(bytes), refusal('broken-model', /HDF5/));
  });

  it('that announce more values than they hold are refused', () => {
    const bytes = Buffer.from(legacy);
    // [5, 1, 1, 4]: the dims of a kernel.
    const dims = Buffer.from(BigUint64Array.of(5n, 1n, 1n, 4n).buffer);
    const at = bytes.indexOf(dims);
    assert.ok(at > 0);
    bytes.writeBigUInt64LE(2n ** 31n, at);
    assert.throws(
      () => readLegacyH5(bytes),
      refusal('broken-model', /announces more values than the file holds/),
    );
  });

  it('that would fill the memory are refused within a second and 500 MB, in a process of its own', function () {
    this.timeout(60_000);
    const folder = mkdtempSync(join(tmpdir(), 'attribution-hostile-'));
    after(() => rmSync(folder, { recursive: true, force: true }));
    const bombs: Record<string, Uint8Array> = {
      'weights.keras': zipSync({ ...parts, 'model.weights.h5': new Uint8Array(2 ** 26) }, { level: 1 }),
      'config.keras': zipSync({ ...parts, 'config.json': new Uint8Array(2 ** 26).fill(32) }, { level: 1 }),
      'claims.keras': claiming(zipSync(parts, { level: 1 }), 3 * 2 ** 30),
      'padding.keras': replaced('GlobalAveragePooling1D', 'ZeroPadding1D', { padding: [2 ** 23, 2 ** 23] }),
      'sampling.keras': replaced('GlobalAveragePooling1D', 'UpSampling1D', { size: 2 ** 24 }),
      'reshape.keras': replaced('Reshape', 'Reshape', { target_shape: [2 ** 24, 2 ** 24] }),
      'input.keras': replaced('InputLayer', 'InputLayer', { batch_shape: [null, 2 ** 24, 2 ** 24] }),
    };
    for (const [name, bytes] of Object.entries(bombs)) writeFileSync(join(folder, name), bytes);
    const script = bundled('test/unit/formats/keras/loadAll.ts');
    const words = [script, ...Object.keys(bombs).map((name) => join(folder, name))];
    const { stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
    const { results, peak } = JSON.parse(stdout || 'null') ?? assert.fail(stderr);
    for (const [name, { sentence, milliseconds }] of Object.entries<{
      sentence: string;
      milliseconds: number;
    }>(results)) {
      assert.match(sentence, /^\w+\.keras: .*\.$/s, name);
      assert.ok(milliseconds < 1000, `${name}: ${milliseconds} ms`);
    }
    assert.equal(Object.keys(results).length, 7);
    assert.ok(peak < 500 * 2 ** 20, `${Math.round(peak / 2 ** 20)} MB`);
  });
});

/** The archive with another unpacked size of its weights in both of its directories. */
function claiming(bytes: Uint8Array, size: number): Uint8Array {
  const buffer = Buffer.from(bytes);
  for (const [signature, name, sizeAt] of [
    ['PK\x03\x04', 30, 22],
    ['PK\x01\x02', 46, 24],
  ] as const) {
    for (
      let at = buffer.indexOf(signature, 0, 'latin1');
      at >= 0;
      at = buffer.indexOf(signature, at + 1, 'latin1')
    ) {
      const called = buffer.toString('latin1', at + name, at + name + 16);
      if (called === 'model.weights.h5') buffer.writeUInt32LE(size, at + sizeAt);
    }
  }
  return buffer;
}
