import assert from 'node:assert/strict';
import { writeOnnx } from '../../../src/formats/onnx/writeOnnx.ts';
import { GraphBuilder } from '../../../src/graph/builder.ts';
import { noiseCsv } from '../../fixtures/noiseCsv.ts';
import { weights } from '../graph/classifier/head.ts';
import { emptyGraph } from '../graph/smallGraph.ts';
import { engineIn } from './engineIn.ts';

describe('figures of one of several outputs', () => {
  const { engine, put } = engineIn('output-choice');

  it('say whose they are, with a warning where its place alone speaks for it', async () => {
    const data = put('noise.csv', noiseCsv({ labelled: true }));
    const { features } = await engine.data({ data });
    const b = new GraphBuilder(emptyGraph(['N', features.length, 24]));
    const conv = b.add('Conv', ['x', weights(b, [3, features.length, 1])]);
    const pooled = b.reduce('ReduceMean', b.add('Relu', [conv]), [2], false);
    for (const name of ['first', 'second']) b.rename(b.add('MatMul', [pooled, weights(b, [3, 2])]), name);
    const outputs = ['first', 'second'].map((name) => ({ name, dtype: 'float32' as const, dims: ['N', 2] }));
    const model = put('two.onnx', writeOnnx(b.build(outputs)));
    const request = { model, data, set: ['input=NFT', 'classes=["left","right"]'] };
    const audit = await engine.audit(request);
    const said = audit.preprocessing.filter(({ code }) => code === 'several-outputs');
    assert.equal(said[0]?.severity, 'warning');
    assert.match(said[0]!.sentence, /"first".*second/);
    const named = await engine.audit({ ...request, set: [...request.set, 'output=second'] });
    const [info] = named.preprocessing.filter(({ code }) => code === 'several-outputs');
    assert.equal(info?.severity, 'info');
    assert.match(info!.sentence, /"second" is explained/);
  });
});
