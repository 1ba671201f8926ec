import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadModel } from '../../../../src/formats/loadModel.ts';
import { readTfjs } from '../../../../src/formats/tfjs/readTfjs.ts';
import { refusal } from '../../refusal.ts';
import { encoded, floats, type Json, placeholder, read, refused, sum } from './smallTfjs.ts';

describe('Broken and hostile TensorFlow.js files', () => {
  it('reads the model they are made from', () => {
    assert.deepEqual(
      read(sum()).nodes.map(({ op }) => op),
      ['Add', 'Identity'],
    );
  });

  it('refuses JSON that is something else', () => {
    refused(
      { name: 'package', version: '1.0.0' },
      'not-a-model',
      /not the model\.json of a TensorFlow\.js model/,
    );
    refused([1, 2], 'not-a-model', /not the model\.json/);
    refused({ weightsManifest: [] }, 'foreign-model', /weights only/);
    refused({ ...sum(), format: 'tfjs-tflite' }, 'foreign-model', /graph-model or layers-model/);
    refused({ ...sum(), modelInitializer: { node: [] } }, 'unsupported-model', /tables/);
    refused({ modelTopology: { nothing: 1 } }, 'broken-model', /neither nodes nor layers/);
    assert.throws(
      () => readTfjs(encoded(sum()).slice(0, 99), () => floats(1)),
      refusal('broken-model', /cut short/),
    );
    const nested = new TextEncoder().encode('['.repeat(2 ** 23));
    assert.throws(() => readTfjs(nested, () => floats(1)), refusal('broken-model', /nested more deeply/));
    assert.throws(
      () => readTfjs(new Uint8Array(2 ** 24 + 1), () => floats(1)),
      refusal('file-too-big', /16 MB/),
    );
  });

  it('refuses wrong types wherever they stand', () => {
    refused({ ...sum(), weightsManifest: {} }, 'broken-model', /weightsManifest is not a list/);
    refused(sum({ paths: [1] }), 'broken-model', /a path is not a text/);
    refused(
      sum({ weights: [{ name: 'w', shape: ['2x'], dtype: 'float32' }] }),
      'broken-model',
      /whole number/,
    );
    refused({ ...sum(), modelTopology: { node: {} } }, 'broken-model', /list of nodes is not a list/);
    refused(sum({ nodes: [{ name: 'x', op: 3 as never }] }), 'broken-model', /op is not a text/);
    refused(
      sum({ nodes: [{ ...placeholder(1), attr: { shape: { shape: { dim: [{ size: 'many' }] } } } }] }),
      'broken-model',
      /whole number/,
    );
    refused({ ...sum(), signature: { outputs: [], inputs: 3 } }, 'broken-model', /inputs is not an object/);
  });

  it('refuses dtypes it does not know, by name', () => {
    const weight = (dtype: string, quantization?: object) =>
      sum({ weights: [{ name: 'w', shape: [2], dtype, ...(quantization ? { quantization } : {}) }] });
    refused(weight('complex64'), 'unsupported-dtype', /"w" has element type complex64/);
    refused(weight('string'), 'unsupported-dtype', /string/);
    refused(weight('float32', { dtype: 'int4' }), 'unsupported-dtype', /quantised as "int4"/);
    refused(
      weight('float32', { dtype: 'uint8', scale: 'big', min: 0 }),
      'broken-model',
      /scale .* finite number/,
    );
    const typed = (type: unknown) => {
      const x = placeholder(-1, 2);
      return sum({
        nodes: [
          { ...x, attr: { ...x.attr, dtype: { type: type as Json } } },
          ...sum().modelTopology.node.slice(1),
        ],
      });
    };
    refused(typed('DT_STRING'), 'unsupported-dtype', /"DT_STRING"/);
    refused(typed('constructor'), 'unsupported-dtype', /"constructor"/);
  });

  it('compares what is announced with the shards before it allocates', () => {
    const shape = (...dims: number[]) => sum({ weights: [{ name: 'w', shape: dims, dtype: 'float32' }] });
    refused(shape(3), 'broken-model', /need 12 bytes, but w\.bin has 8/);
    refused(shape(1), 'broken-model', /need 4 bytes, but w\.bin has 8/);
    refused(shape(2 ** 40), 'file-too-big', /33 million/);
    refused(shape(2 ** 40, 2 ** 40), 'broken-model', /impossible shape/);
    refused(shape(-1, -2), 'broken-model', /impossible shape/);
    refused(sum({ paths: ['w.bin', 'w.bin'] }), 'broken-model', /twice/);
  });

  it('keeps a sentence in one line whatever names hold', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'attribution-tfjs-'));
    const node = { name: `a\nb\u2028${'c'.repeat(5000)}`, op: 'Odd', input: ['x'] };
    writeFileSync(join(folder, 'model.json'), encoded(sum({ nodes: [placeholder(-1, 2), node] })));
    writeFileSync(join(folder, 'w.bin'), floats(1, 2));
    try {
      await assert.rejects(loadModel(join(folder, 'model.json')), (error) => {
        assert.ok(refusal('unsupported-operator', /^model\.json: Node "a b c+…/)(error));
        return (error as Error).message.length <= 1000;
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
