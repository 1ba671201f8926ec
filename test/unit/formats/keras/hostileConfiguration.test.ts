import assert from 'node:assert/strict';
import { zipSync } from 'fflate';
import { readKerasArchive, readLegacyH5 } from '../../../../src/formats/keras/readKeras.ts';
import { Refusal } from '../../../../src/refusal.ts';
import { refusal } from '../../refusal.ts';
import { archive, changed, config, type Json, parts, whole } from './spoiltKeras.ts';

const refused = (bytes: Uint8Array, code: string, words: RegExp) =>
  assert.throws(() => readKerasArchive(bytes), refusal(code, words));

describe('hostile Keras files: what the configuration says', () => {
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
});
