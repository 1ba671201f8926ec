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
    assert.match(constant!.sentence, /\(balanced accuracy 0\.50 \[0\.42, 0\.58\] of 40, chance 0\.50\)/);
    const [coin] = learntNothing(3, { ...judged, right: labels.map((_, i) => i % 2 === 0) });
    assert.match(coin!.sentence, /\(balanced accuracy 0\.50 \[0\.36, 0\.64\] of 40, chance 0\.50\)/);
  });

  it('takes one test instance of a class for what one tells', () => {
    // Wilson's intervals: [.490, .943] of 8 in 10 (Brown, Cai and DasGupta 2001 have the formula), [.207, 1] of 1 in 1:
    // .9 − ½√((.8 − .490)² + (1 − .207)²) = .474. A variance from the answers, 0 of the one, makes .77 of it.
    const few = [...Array<number>(10).fill(0), 1];
    const judged = { series: series(few), called: 'the test series', right: few.map((_, i) => i > 1) };
    const [found] = learntNothing(3, judged);
    assert.match(found!.sentence, /\(balanced accuracy 0\.90 \[0\.47, 0\.97\] of 11, chance 0\.50\)/);
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
