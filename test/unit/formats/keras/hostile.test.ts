import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { readKerasArchive, readLegacyH5 } from '../../../../src/formats/keras/readKeras.ts';
import { Refusal } from '../../../../src/refusal.ts';
import { bundled } from '../../../workbench/bundled.ts';
import { refusal } from '../../refusal.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const fixture = new URL('../../../fixtures/keras/models.zip', import.meta.url);
const models = unzipSync(readFileSync(fixture));
const whole = models['xcm.keras']!;
const legacy = models['xcm.h5']!;
const parts = unzipSync(whole);
const config = () =>
  JSON.parse(Buffer.from(parts['config.json']!).toString()) as { config: { layers: Json[] } };

/** The archive with another configuration. */
function archive(json: Json | string): Uint8Array {
  const text = typeof json === 'string' ? json : JSON.stringify(json);
  return zipSync({ ...parts, 'config.json': new TextEncoder().encode(text) }, { level: 0 });
}

/** One layer of the model changed by hand. */
function changed(
  className: string,
  change: (layer: { config: { [key: string]: Json }; [key: string]: Json }) => void,
) {
  const json = config();
  const layer = json.config.layers.find((one) => (one as { class_name: string }).class_name === className);
  change(layer as { config: { [key: string]: Json } });
  return archive(json as unknown as Json);
}

const refused = (bytes: Uint8Array, code: string, words: RegExp) =>
  assert.throws(() => readKerasArchive(bytes), refusal(code, words));

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

  it('with a configuration that is none are refused', () => {
    refused(archive('{"class_name": '), 'broken-model', /config\.json is no JSON/);
    refused(archive('[]'), 'broken-model', /names no class/);
    refused(archive({ class_name: 'Sequential', config: {} }), 'broken-model', /lists no layers/);
    refused(
      archive({ class_name: 'Sequential', config: { layers: [3] } }),
      'broken-model',
      /has no (name|class)/,
    );
    refused(
      archive({ class_name: 'MyModel', config: {} }),
      'unsupported-model',
      /of the class MyModel, whose code/,
    );
    refused(archive(`${'['.repeat(200_000)}${']'.repeat(200_000)}`), 'broken-model', /JSON|class|nested/);
    const deep = '{"class_name":"TimeDistributed","config":{"name":"a","trainable":true,"layer":';
    const text = `${deep.repeat(5000)}{"class_name":"Dense","config":{}}${'}}'.repeat(5000)}`;
    refused(
      archive(`{"class_name":"Sequential","config":{"layers":[${text}]}}`),
      'broken-model',
      /nested too deeply|not|no/,
    );
    refused(zipSync({ 'config.json': new Uint8Array(2) }), 'broken-model', /no model\.weights\.h5/);
    assert.throws(
      () => readLegacyH5(parts['model.weights.h5']!),
      refusal('not-a-model', /no whole Keras model/),
    );
  });

  it('with settings of a wrong kind are refused by layer and setting', () => {
    const wrong: [string, Json, RegExp][] = [
      ['filters', 'many', /Layer "conv2d\w*" \(Conv2D\) has "filters" "many"/],
      ['filters', -3, /"filters" -3/],
      ['filters', 1e300, /"filters" 1e\+300/],
      ['kernel_size', [5], /./],
      ['kernel_size', [5, null], /"kernel_size"/],
      ['strides', [0, 1], /"strides" \[0,1\]/],
      ['dilation_rate', {}, /"dilation_rate"/],
      ['groups', 7, /"groups" 7/],
      ['use_bias', 'yes', /"use_bias" "yes"/],
      ['data_format', 3, /"data_format"/],
    ];
    for (const [key, value, words] of wrong) {
      const bytes = changed('Conv2D', (layer) => {
        layer.config[key] = value;
      });
      assert.throws(
        () => readKerasArchive(bytes),
        (error) => error instanceof Refusal && words.test(error.message),
        `${key} ${JSON.stringify(value)}`,
      );
    }
    const act = (value: Json) =>
      changed('Conv1D', (layer) => {
        layer.config.activation = value;
      });
    refused(act('constructor'), 'unsupported-layer', /activation is "constructor"/);
    refused(act({ class_name: 'function', config: 'my_fn' }), 'unsupported-layer', /activation is "my_fn"/);
  });

  it('with weights of another shape, or none, are refused', () => {
    const bytes = changed('Conv2D', (layer) => {
      layer.config.filters = 5;
    });
    refused(
      bytes,
      'weights-mismatch',
      /its "kernel" has the shape \[5, 1, 1, 4\], but its configuration asks for \[5, 1, 1, 5\]/,
    );
    const without = changed('Dense', (layer) => {
      layer.class_name = 'Conv1D';
    });
    refused(without, 'weights-missing', /has no weights "kernel" in the file/);
  });

  it('whose layers run in a circle, or from nowhere, are refused', () => {
    const dense = config()
      .config.layers.map((one) => (one as { name: string }).name)
      .find((name) => name.startsWith('dense'))!;
    const links = (to: string, node = 0) =>
      changed('Conv1D', (layer) => {
        const text = JSON.stringify(layer.inbound_nodes).replace(
          /"keras_history":\["[^"]+",0,0\]/,
          `"keras_history":["${to}",${node},0]`,
        );
        layer.inbound_nodes = JSON.parse(text);
      });
    refused(links(dense), 'broken-model', /layers run in a circle/);
    refused(links('nobody'), 'broken-model', /has no such layer/);
    refused(links(dense, 7), 'broken-model', /call 7 of the layer "dense/);
    const json = config();
    json.config.layers.push(json.config.layers[1]!);
    refused(archive(json as unknown as Json), 'broken-model', /occurs twice/);
  });

  it('with layers whose code is not in the file are refused by name', () => {
    const renamed = (className: string, more: { [key: string]: Json } = {}) =>
      changed('GlobalAveragePooling1D', (layer) => Object.assign(layer, { class_name: className, ...more }));
    refused(
      renamed('Lambda'),
      'unsupported-layer',
      /\(Lambda\) is code that is not in the file; export the model to ONNX/,
    );
    refused(renamed('Pool', { registered_name: 'lab>Pool' }), 'unsupported-layer', /\(lab>Pool\) is code/);
    refused(renamed('ConvLSTM1D'), 'unsupported-layer', /\(ConvLSTM1D\) is a layer that is not supported/);
    refused(renamed('constructor'), 'unsupported-layer', /\(constructor\) is a layer that is not supported/);
  });

  it('with quantised weights are refused, half precision is said', () => {
    const typed = (dtype: Json) =>
      changed('Dense', (layer) => {
        layer.config.dtype = dtype;
      });
    const int8 = { class_name: 'QuantizedDTypePolicy', config: { mode: 'int8', source_name: 'float32' } };
    refused(typed(int8), 'unsupported-layer', /its weights are quantised \(int8\)/);
    const half = { class_name: 'DTypePolicy', config: { name: 'mixed_float16' } };
    assert.deepEqual(
      readKerasArchive(typed(half)).findings?.map(({ code }) => code),
      ['half-precision'],
    );
    assert.equal(readKerasArchive(whole).findings, undefined);
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

function replaced(before: string, after: string, settings: { [key: string]: Json }): Uint8Array {
  return changed(before, (layer) => {
    layer.class_name = after;
    Object.assign(layer.config, settings);
  });
}

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
