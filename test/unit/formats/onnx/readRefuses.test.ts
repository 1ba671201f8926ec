import assert from 'node:assert/strict';
import { readOnnx } from '../../../../src/formats/onnx/readOnnx.ts';
import type { Draft, NodeProto } from '../../../../src/formats/onnx/schema.ts';
import { info, initializer, model, relu } from './onnxModel.ts';
import { refuses } from './refuses.ts';

describe('readOnnx refuses', () => {
  it('element types and attributes it cannot hold, by name', () => {
    refuses(initializer({ dims: [1], dataType: 8 }), 'unsupported-dtype', /"w" has element type string/);
    refuses(
      initializer({ dims: [1], dataType: 17, rawData: Uint8Array.of(1) }),
      'unsupported-dtype',
      /float8e4m3fn/,
    );
    refuses(initializer({ dims: [1], dataType: 99 }), 'unsupported-dtype', /number 99/);
    refuses(
      model({ node: [{ ...relu, attribute: [{ name: 'z', type: 11 }] }] }),
      'unsupported-model',
      /"z" of node "r"/,
    );
    refuses(model({ input: [{ name: 'x', type: {} }] }), 'unsupported-model', /not a tensor/);
    refuses(model({ sparseInitializer: [{}] }), 'unsupported-model', /sparse/);
  });

  it('graphs that cannot run', () => {
    const neg = (input: string, output: string): Draft<NodeProto> => ({
      opType: 'Neg',
      name: `n${output}`,
      input: [input],
      output: [output],
    });
    refuses(
      model({ node: [neg('b', 'a'), neg('a', 'b'), neg('b', 'y')] }),
      'broken-model',
      /in a circle through node "n[ab]"/,
    );
    refuses(model({ node: [neg('y', 'y')] }), 'broken-model', /in a circle/);
    refuses(model({ node: [neg('nowhere', 'y')] }), 'broken-model', /reads "nowhere", which nothing/);
    refuses(model({ node: [relu, relu] }), 'broken-model', /"y" is produced twice/);
    refuses(model({ output: [info('z')] }), 'broken-model', /output "z" is produced by nothing/);
    const twice = { name: 'w', dims: [1], dataType: 1, floatData: [1] };
    refuses(model({ initializer: [twice, twice] }), 'broken-model', /occurs twice/);
    const chain = Array.from({ length: 20_000 }, (_, i) =>
      neg(i === 0 ? 'x' : `t${i}`, i === 19_999 ? 'y' : `t${i + 1}`),
    );
    assert.equal(readOnnx(model({ node: chain.toReversed() })).nodes.length, 20_000);
  });

  it('opsets and operators it does not know, by name', () => {
    refuses(
      model({}, { opsetImport: [{ domain: '', version: 8 }] }),
      'unsupported-opset',
      /opset 8; supported are 9 to/,
    );
    refuses(model({}, { opsetImport: [{ domain: '', version: 99 }] }), 'unsupported-opset', /opset 99/);
    refuses(model({}, { opsetImport: [{ domain: 'my.ops', version: 1 }] }), 'unsupported-opset', /opset 0/);
    refuses(
      model({ node: [{ ...relu, domain: 'my.ops' }] }),
      'unsupported-operator',
      /my.ops.Relu \(node "r"\)/,
    );
    refuses(model({}, { functions: [{ name: 'Block', domain: 'pkg' }] }), 'unsupported-model', /pkg.Block/);
  });
});
