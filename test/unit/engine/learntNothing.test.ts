import assert from 'node:assert/strict';
import { learntNothing } from '../../../src/engine/train/learntNothing.ts';
import { readOnnx } from '../../../src/formats/onnx/readOnnx.ts';
import { noiseCsv } from '../../fixtures/noiseCsv.ts';
import { engineIn } from './engineIn.ts';

const series = (labels: readonly number[]) =>
  labels.map((label) => ({ label, mask: Uint8Array.of(1), x: Float32Array.of(0) }));
const labels = [...Array<number>(20).fill(0), ...Array<number>(20).fill(1)];
const codes = (right: readonly boolean[], best = 3) =>
  learntNothing(best, { series: series(labels), right, called: 'the series set aside' }).map(
    ({ code }) => code,
  );

describe('A training that learnt nothing', () => {
  const { engine, put } = engineIn('nothing');

  it('is found where no epoch was better, and where answers are hardly better than chance', () => {
    assert.deepEqual(
      codes(
        labels.map(() => true),
        -1,
      ),
      ['nothing-learnt'],
    );
    // All answered as the one class: right in half of them, balanced accuracy .5.
    assert.deepEqual(codes(labels.map((label) => label === 0)), ['hardly-learnt']);
    assert.deepEqual(codes(labels.map((_, i) => i % 5 > 0)), []);
    const judged = { series: series(labels), called: 'the series set aside' };
    const [constant] = learntNothing(3, { ...judged, right: labels.map((label) => label === 0) });
    assert.match(
      constant!.sentence,
      /\(balanced accuracy 0\.50 of 40, which no interval can be given of: each class is answered rightly always or never, as where one answer is given to everything; chance 0\.50\)/,
    );
    const [coin] = learntNothing(3, { ...judged, right: labels.map((_, i) => i % 2 === 0) });
    assert.match(coin!.sentence, /\(balanced accuracy 0\.50 \[0\.34, 0\.66\] of 40, chance 0\.50\)/);
  });

  it('is not said of one class, which tells nothing, nor where nothing was judged', () => {
    const one = series(Array<number>(9).fill(1));
    assert.deepEqual(learntNothing(0, { series: one, right: one.map(() => false), called: 'x' }), []);
    assert.deepEqual(learntNothing(0, undefined), []);
  });

  it('stands in the report and in the file', async () => {
    const wish = { architecture: 'fcn', filters: 2, epochs: 1, seed: 1, padding: 'end', rate: 1e30 } as const;
    const data = put('noise.csv', noiseCsv({ instances: 40, labelled: true }));
    const { report, onnx } = await engine.train({ ...wish, masked: false, maskInput: false, data });
    const [first] = report.findings;
    assert.equal(first!.code, 'nothing-learnt', JSON.stringify(report));
    assert.equal(first!.severity, 'warning');
    const { warnings } = JSON.parse(readOnnx(onnx).metadata!.get('attribution.provenance')!);
    assert.equal(warnings[0], first!.sentence);
  });
});
