import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { loadModel } from '../../../src/formats/loadModel.ts';
import { encodeModel } from '../../../src/formats/onnx/schema.ts';
import { numbers } from '../../../src/graph/tensor.ts';
import { referenceFile } from '../../fixtures/referenceFile.ts';
import { refusal } from '../refusal.ts';

describe('loadModel', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'attribution-load-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (name: string, content: Uint8Array | string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const info = (name: string) => ({ name, type: { tensorType: { elemType: 1 } } });
  const withWeightsIn = (location: string) =>
    encodeModel({
      irVersion: 8,
      opsetImport: [{ domain: '', version: 17 }],
      graph: {
        node: [{ opType: 'Add', input: ['x', 'w'], output: ['y'] }],
        input: [info('x')],
        output: [info('y')],
        initializer: [
          {
            name: 'w',
            dims: [2],
            dataType: 1,
            dataLocation: 1,
            externalData: [{ key: 'location', value: location }],
          },
        ],
      },
    });
  const refused = (path: string, code: string, words: RegExp) =>
    assert.rejects(loadModel(path), refusal(code, words));

  it('reads weights beside the model, and takes them into the hash', async () => {
    const model = withWeightsIn('w.data');
    const path = write('model.onnx', model);
    const weights = new Uint8Array(Float32Array.of(1, 2).buffer);
    write('w.data', weights);
    const { graph, hash } = await loadModel(path);
    assert.deepEqual(numbers(graph.constants.get('w')!), [1, 2]);
    assert.equal(hash, createHash('sha256').update(model).update(weights).digest('hex'));
    write('w.data', new Uint8Array(Float32Array.of(1, 3).buffer));
    assert.notEqual((await loadModel(path)).hash, hash);
  });

  it('refuses weights elsewhere: by .., by an absolute path, through a link', async () => {
    mkdirSync(join(folder, 'inner'));
    write('secret.data', new Uint8Array(8));
    const from = (location: string) => write('inner/model.onnx', withWeightsIn(location));
    await refused(from('../secret.data'), 'path-outside', /outside its own folder/);
    await refused(from('a/../../secret.data'), 'path-outside', /outside its own folder/);
    await refused(from(join(folder, 'secret.data')), 'path-outside', /outside its own folder/);
    await refused(from('.'), 'path-outside', /outside its own folder/);
    symlinkSync(join(folder, 'secret.data'), join(folder, 'inner', 'link.data'));
    await refused(from('link.data'), 'path-outside', /outside its own folder/);
    await refused(from('gone.data'), 'external-data-missing', /gone\.data does not exist/);
    write('inner/short.data', new Uint8Array(4));
    await refused(
      from('short.data'),
      'broken-model',
      /^model\.onnx: .*8 bytes from byte 0 of short\.data, which has 4/,
    );
  });

  it('says what to do with other formats, by name and by content', async () => {
    const torch = /torch\.export\.save/;
    await refused(write('a.pt', 'x'), 'foreign-model', torch);
    await refused(write('a.pth', 'x'), 'foreign-model', torch);
    const pickle = /is a pickle, .*Copy Export Snippet…/;
    await refused(write('a.pkl', 'x'), 'foreign-model', pickle);
    await refused(write('pickled.bin', Buffer.from('\x80\x04}q', 'latin1')), 'foreign-model', pickle);
    const script = { 'm/constants.pkl': new Uint8Array(1), 'm/data.pkl': new Uint8Array(1) };
    for (const name of ['script.pt', 'script.onnx'])
      await refused(write(name, zipSync(script)), 'foreign-model', /of TorchScript, .*torch\.export/);
    await refused(
      write('model.json', '{}'),
      'not-a-model',
      /^model\.json: .*not the model\.json of a TensorFlow\.js/,
    );
    await refused(write('h.onnx', ' {"a": 1}'), 'not-a-model', /JSON file/);
    await refused(write('cut.json', '{"modelTopology": '), 'broken-model', /cut short/);
    await refused(write('a.ckpt', 'x'), 'foreign-model', torch);
    await refused(write('a.safetensors', 'x'), 'foreign-model', torch);
    await refused(write('pickled.onnx', Buffer.from('\x80\x02}q', 'latin1')), 'foreign-model', torch);
    await refused(
      write('zipped.onnx', zipSync({ 'net/data.pkl': new Uint8Array(1) })),
      'foreign-model',
      torch,
    );
    await refused(
      write('a.tflite', 'x'),
      'foreign-model',
      /^a\.tflite is a TensorFlow Lite model, .*--tflite/,
    );
    await refused(write('saved_model.pb', 'x'), 'foreign-model', /is a TensorFlow file, .*tf2onnx/);
    await refused(write('a.keras', 'x'), 'not-a-model', /^a\.keras is no \.keras archive/);
    await refused(write('a.h5', 'x'), 'not-a-model', /^a\.h5 is no HDF5 file/);
    await refused(write('b.onnx', Buffer.from('\x89HDF\r\n\x1a\n', 'latin1')), 'broken-model', /HDF5/);
    await refused(write('c.onnx', 'PK\x03\x04....'), 'broken-model', /^c\.onnx: The zip archive is corrupt/);
    await refused(
      write('d.npz', zipSync({ 'x.npy': new Uint8Array(1) })),
      'not-a-model',
      /no model of Keras/,
    );
    await refused(write('d.onnx', '  \n<!DOCTYPE html>'), 'not-a-model', /web page/);
    await refused(
      write('e.onnx', 'version https://git-lfs.github.com/spec/v1\n'),
      'not-a-model',
      /git lfs pull/,
    );
    await refused(write('f.onnx', ''), 'not-a-model', /f\.onnx is empty/);
    await refused(write('g.onnx', 'no model at all'), 'not-onnx', /^g\.onnx: /);
  });

  it('refuses what is not there or is a folder', async () => {
    await refused(join(folder, 'none.onnx'), 'file-missing', /none\.onnx does not exist/);
    await refused(folder, 'file-missing', /is not a file/);
    write('saved_model.pb', 'x');
    await refused(folder, 'foreign-model', /is a TensorFlow SavedModel, .*--saved-model/);
  });
});

describe('loadModel on reference models', () => {
  it('hashes the file, or the file and its weights', async () => {
    const plain = referenceFile('fcn_content.onnx');
    const sha = (...paths: string[]) => {
      const hash = createHash('sha256');
      for (const path of paths) hash.update(readFileSync(path));
      return hash.digest('hex');
    };
    assert.equal((await loadModel(plain)).hash, sha(plain));
    const dynamo = referenceFile('xcm_content_w131.dynamo.onnx');
    assert.equal((await loadModel(dynamo)).hash, sha(dynamo, `${dynamo}.data`));
  });
});
