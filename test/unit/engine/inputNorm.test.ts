import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEngine, type LocalEngine } from '../../../src/engine/service.ts';
import { readOnnx } from '../../../src/formats/onnx/readOnnx.ts';
import { inputNorm } from '../../../src/graph/inputNorm.ts';

const model = (name: string) => join(import.meta.dirname, '..', '..', 'fixtures', 'reading', name);
const graphOf = (name: string) => readOnnx(readFileSync(model(name)));

/** Six series of 40 steps: raw (means 120, 10, −5), or standardised by hand. */
function csv(raw: boolean, padded = 0): Uint8Array {
  const [mean, std] = raw
    ? [
        [120, 10, -5],
        [35, 2, 3],
      ]
    : [
        [0, 0, 0],
        [1, 1, 1],
      ];
  const wave = (at: number) => Math.SQRT2 * Math.sin(at * 0.7);
  const rows = Array.from({ length: 240 }, (_, at) => {
    const cells = mean!.map((one, feature) =>
      at % 40 >= 40 - padded ? '0' : (one + std![feature]! * wave(at + 3 * feature)).toFixed(3),
    );
    return [`s${Math.floor(at / 40)}`, ...cells].join();
  });
  return Buffer.from(`case,a,b,c\n${rows.join('\n')}\n`);
}

describe('a model that standardises its input itself', () => {
  let engine: LocalEngine;
  before(() => {
    engine = createEngine();
  });
  after(() => engine.dispose());

  async function doubts(name: string, raw: boolean, padded = 0, set: readonly string[] = []) {
    const request = { model: model(name), data: '/nowhere/d.csv', content: csv(raw, padded), set };
    const { findings } = await engine.explain(request);
    return findings.filter(({ code }) => code === 'input-norm-doubt').map(({ sentence }) => sentence);
  }

  it('is known by its batch normalisation, or by a subtraction and a division', () => {
    const close = (found: readonly number[], wanted: readonly number[]) =>
      found.every((one, at) => Math.abs(one - wanted[at]!) < 1e-3);
    const raw = inputNorm(graphOf('norm_first_raw.onnx'), 'x', 3)!;
    assert.equal(raw.name, 'input_norm');
    assert.ok(close(raw.mean, [120, 10, -5]) && close(raw.std, [35, 2, 3]));
    const keras = inputNorm(graphOf('norm_first_keras.onnx'), 'x', 3)!;
    assert.ok(close(keras.mean, [0.01, -0.02, 0]) && close(keras.std, [1.01, 0.98, 1]));
    assert.equal(inputNorm(graphOf('f3_t60.onnx'), 'x', 3), undefined);
  });

  it('says nothing where the data are those it was trained on, padded or not', async () => {
    assert.deepEqual(await doubts('norm_first_raw.onnx', true), []);
    assert.deepEqual(await doubts('norm_first_raw.onnx', true, 9), []);
    assert.deepEqual(await doubts('norm_first_keras.onnx', false), []);
  });

  it('doubts standardised values for a model that knows raw ones, with both numbers', async () => {
    const [said] = await doubts('norm_first_raw.onnx', false);
    assert.match(said!, /a by mean 120 and deviation 35\), but is given mean .*trained on raw values/);
    const twice = ['preprocess=[{"standardize":{"mean":[120,10,-5],"std":[35,2,3]}}]'];
    const [applied] = await doubts('norm_first_raw.onnx', true, 0, twice);
    assert.match(applied!, /take "standardize" out/);
  });

  it('doubts raw values for a model that knows standardised ones', async () => {
    const [said] = await doubts('norm_first_keras.onnx', true);
    assert.match(said!, /mean 120 .*trained on standardised values, so set "standardize"/);
  });
});
