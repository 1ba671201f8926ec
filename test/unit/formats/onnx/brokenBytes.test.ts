import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readOnnx } from '../../../../src/formats/onnx/readOnnx.ts';
import { type Draft, type TensorProto, toInt64 } from '../../../../src/formats/onnx/schema.ts';
import { numbers } from '../../../../src/graph/tensor.ts';
import { refusal } from '../../refusal.ts';
import { initializer, model } from './onnxModel.ts';
import { refuses } from './refuses.ts';

describe('readOnnx refuses', () => {
  const external = (entries: Record<string, string>): Draft<TensorProto> => ({
    dims: [4],
    dataType: 1,
    dataLocation: 1,
    externalData: Object.entries(entries).map(([key, value]) => ({ key, value })),
  });

  it('bytes that are no model, and models cut short anywhere', () => {
    refuses(Uint8Array.of(), 'not-onnx', /no ONNX graph/);
    refuses(new TextEncoder().encode('<!doctype html><html></html>'), 'not-onnx', /not an ONNX model/);
    const whole = model({
      initializer: [{ name: 'w', dims: [100], dataType: 1, rawData: new Uint8Array(400) }],
    });
    for (let length = 0; length < whole.length; length++) {
      assert.throws(() => readOnnx(whole.subarray(0, length)), refusal('not-onnx', /ONNX/));
    }
  });

  it('any random bytes, without another kind of error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        assert.throws(
          () => readOnnx(noise),
          (error) => error instanceof Error && error.name === 'Refusal',
        );
      }),
    );
    const whole = model({ initializer: [{ name: 'w', dims: [2], dataType: 1, floatData: [1, 2] }] });
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
        const bent = whole.slice();
        bent[at] = byte;
        try {
          readOnnx(bent);
        } catch (error) {
          assert.ok(error instanceof Error && error.name === 'Refusal', String(error));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('dims that do not go with the bytes, however large', () => {
    refuses(
      initializer({ dims: [2 ** 40, 2 ** 40], dataType: 1, rawData: new Uint8Array(8) }),
      'broken-model',
      /impossible shape/,
    );
    refuses(
      initializer({ dims: [toInt64(2 ** 40)], dataType: 1, rawData: new Uint8Array(8) }),
      'broken-model',
      /needs \d+ bytes, but holds 8/,
    );
    refuses(
      initializer({ dims: [toInt64(2 ** 40)], dataType: 1, floatData: [1] }),
      'broken-model',
      /needs \d+ values, but holds 1/,
    );
    refuses(
      initializer({ dims: [toInt64(-2)], dataType: 1, floatData: [1] }),
      'broken-model',
      /impossible shape \[-2\]/,
    );
    refuses(
      initializer({ dims: [3], dataType: 7, rawData: new Uint8Array(23) }),
      'broken-model',
      /needs 24 bytes, but holds 23/,
    );
  });

  it('external data that is not there or does not fit', () => {
    const file = () => new Uint8Array(20);
    const at = (entries: Record<string, string>) => initializer(external(entries));
    refuses(at({ location: 'w.data' }), 'external-data-missing', /w\.data/);
    refuses(at({}), 'broken-model', /names none/, file);
    refuses(
      at({ location: 'w', offset: '8' }),
      'broken-model',
      /16 bytes from byte 8 of w, which has 20/,
      file,
    );
    refuses(at({ location: 'w', offset: '-1' }), 'broken-model', /from byte -1/, file);
    refuses(at({ location: 'w', length: '400' }), 'broken-model', /do not belong together/, file);
    refuses(at({ location: 'w', offset: 'NaN' }), 'broken-model', /do not belong together/, file);
    const read = readOnnx(at({ location: 'w', offset: '4', length: '16' }), file).constants.get('w')!;
    assert.deepEqual(numbers(read), [0, 0, 0, 0]);
  });

  it('graphs nested without end', () => {
    const length = (count: number): number[] =>
      count < 128 ? [count] : [(count & 127) | 128, ...length(count >> 7)];
    const field = (id: number, content: Uint8Array) =>
      Uint8Array.from([(id << 3) | 2, ...length(content.length), ...content]);
    let graph = new Uint8Array();
    // GraphProto.node (1) . attribute (5) . g (6)
    for (let depth = 0; depth < 500; depth++) graph = field(1, field(5, field(6, graph)));
    refuses(field(7, graph), 'not-onnx', /not an ONNX model/);
  });
});
