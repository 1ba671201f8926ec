import assert from 'node:assert/strict';
import type { TrainRequest } from '../../../src/engine/requests.ts';
import { readOnnx } from '../../../src/formats/onnx/readOnnx.ts';
import { engineIn } from '../engine/engineIn.ts';
import { refusal } from '../refusal.ts';
import { rows } from './risingCsv.ts';

describe('a network', () => {
  const { engine, put } = engineIn('shared');
  const asked = (data: string, test: string): TrainRequest => ({
    ...{ data, test, crossed: test, architecture: 'fcn', filters: 8, padding: 'end', masked: false },
    ...{ maskInput: false, epochs: 1, seed: 1 },
  });

  it('is not judged on series that it has learnt from, however often they stand there', async () => {
    const more = (text: string) => text.replace(/^.*\n/, '').replaceAll(/^s/gm, 'more');
    const some = rows(8, 1);
    const data = put('twice.csv', rows(20, 1) + more(some));
    const test = put('shared.csv', some + more(rows(10, 2)));
    const { onnx, judged, report } = await engine.train(asked(data, test));
    assert.equal(report.test!.n, 10);
    assert.deepEqual(report.leftOut, { test: 8, crossed: 8 });
    assert.deepEqual(judged, [8, 9, 10, 11, 12, 13, 14, 15, 16, 17]);
    const sentences = report.findings.flatMap(({ code, sentence }) =>
      code === 'same-series' ? [sentence] : [],
    );
    assert.match(
      sentences[0]!,
      /^Of the 28 series of twice\.csv 20 differ, .* for which [4-6] could be set aside\.$/,
    );
    assert.match(
      sentences[1]!,
      /^8 of the 18 series of shared\.csv stand in twice\.csv, too, and are not judged/,
    );
    const { metadata } = readOnnx(onnx);
    assert.deepEqual(JSON.parse(metadata!.get('attribution.provenance')!).leftOut, report.leftOut);
    await assert.rejects(
      engine.train(asked(data, put('some.csv', some))),
      refusal('test-is-train', /^Every series of some\.csv stands in twice\.csv, too: [^.]*\.$/),
    );
  });
});
