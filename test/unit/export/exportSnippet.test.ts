import assert from 'node:assert/strict';
import {
  EXPORT_SNIPPETS,
  exportSnippet,
  type Framework,
  frameworkOf,
} from '../../../src/export/exportSnippet.ts';

const code = (framework: Framework) => exportSnippet(framework).code;

describe('The export snippets', () => {
  it('are there for PyTorch, tsai and Keras', () => {
    assert.deepEqual(
      EXPORT_SNIPPETS.map(({ framework }) => framework),
      ['torch-export', 'torch-inputs', 'torch-settings', 'pytorch', 'tsai', 'keras'],
    );
    assert.throws(() => exportSnippet('caffe' as Framework), RangeError);
  });

  for (const framework of ['pytorch', 'tsai'] as const) {
    it(`export ${framework} in eval mode with a free batch, opset 17, logits, by the exporter that was tried`, () => {
      const export_ = code(framework);
      assert.ok(export_.indexOf('model.eval()') < export_.indexOf('torch.onnx.export('));
      assert.match(export_, /x = torch\.randn\(2, features, steps\b.*# \[N, F, T\]/);
      assert.match(export_, /dynamic_axes=\{"x": \{0: "batch"\}, "logits": \{0: "batch"\}\}/);
      assert.match(export_, /input_names=\["x"\], output_names=\["logits"\]/);
      assert.match(export_, /opset_version=17/);
      assert.match(export_, /dynamo=False/);
      assert.match(export_, /model\.train\(was_training\)/);
      assert.match(export_, /save_project\("\.", "NFT",/);
    });
  }

  it('save a PyTorch program first, in three lines, in eval mode with a free batch', () => {
    const [, lines] = code('torch-export').split('import torch\n\n');
    assert.equal(lines?.trim().split('\n').length, 3);
    assert.match(
      lines!,
      /\)\.eval\(\)\n.*\n.*torch\.export\.export\(net, \(x,\), dynamic_shapes=.*"model\.pt2"\)\n$/,
    );
    const settings = code('torch-settings');
    assert.match(settings, /\.eval\(\)\n[\s\S]*torch\.export\.export\(net, \(x,\), dynamic_shapes=/);
    assert.match(settings, /torch\.export\.save\(program, "model\.pt2"\)/);
    assert.match(settings, /model="model\.pt2"/);
  });

  it('take the model and its numbers out of a tsai learner', () => {
    assert.match(code('tsai'), /export_onnx\(learn\.model, F, T,/);
    assert.match(code('tsai'), /learn\.dls\.vocab/);
    assert.match(code('tsai'), /TSStandardize/);
    assert.match(code('tsai'), /by_sample or found\[0\]\.by_step/);
    assert.match(code('tsai'), /\[pad, step\]/, 'tsai standardises after padding');
  });

  it('export Keras in inference mode as [N, T, F], with tf2onnx where Keras cannot', () => {
    assert.match(code('keras'), /model\.export\(path, format="onnx", input_signature=signature, \*\*opset\)/);
    assert.match(code('keras'), /InputSpec\(shape=\(None, steps, features\)/);
    assert.match(code('keras'), /"opset_version": 17/);
    assert.match(code('keras'), /training=False/);
    assert.match(code('keras'), /tf2onnx\.convert\.from_function\(.*opset=17/);
    assert.match(code('keras'), /save_project\("\.", "NTF",/);
  });

  for (const { framework, code: text } of EXPORT_SNIPPETS.slice(2)) {
    it(`write mean and std into attribution.json, and keep what stands there (${framework})`, () => {
      assert.match(text, /"standardize": \{"mean": numbers\(mean\), "std": numbers\(std\)\}/);
      assert.match(text, /"pad": \{"to": \w+, "value": 0, "side": "end"\}/);
      assert.match(text, /json\.loads\(path\.read_text/);
    });
  }

  for (const { framework, code: text, needs } of EXPORT_SNIPPETS) {
    it(`say what has to be there (${framework})`, () => {
      const comments = text.split('\nimport')[0]!;
      for (const name of needs.split(', ')) assert.match(comments, new RegExp(`\\b${name}\\b`));
      assert.doesNotMatch(text, /\t|\.\.\.|TODO/);
      assert.ok(text.split('\n').every((line) => line.length <= 125));
    });
  }

  it('are told by the ending of a model file', () => {
    assert.equal(frameworkOf('runs/Best.PTH'), 'torch-export');
    assert.equal(frameworkOf('export.pkl'), 'tsai');
    assert.equal(frameworkOf('m.keras'), 'keras');
    assert.equal(frameworkOf('m.h5'), 'keras');
    assert.equal(frameworkOf('m.onnx'), undefined);
    assert.equal(frameworkOf(''), undefined);
  });
});
