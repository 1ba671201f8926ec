import assert from 'node:assert/strict';
import { readOnnx } from '../../../src/formats/onnx/readOnnx.ts';
import { writeOnnx } from '../../../src/formats/onnx/writeOnnx.ts';
import { GraphBuilder } from '../../../src/graph/builder.ts';
import { noiseCsv } from '../../fixtures/noiseCsv.ts';
import { weights } from '../graph/classifier/head.ts';
import { emptyGraph } from '../graph/smallGraph.ts';
import { engineIn } from './engineIn.ts';

describe('figures of one of several outputs', () => {
  const { engine, put } = engineIn('output-choice');
  const data = put('noise.csv', noiseCsv({ labelled: true, instances: 24 }));
  const model = put('two.onnx', writeOnnx(twoHeads()));
  const request = { model, data, set: ['input=NFT', 'classes=["left","right"]'] };

  it('say whose they are, with a warning where its place alone speaks for it', async () => {
    const audit = await engine.audit(request);
    const said = audit.preprocessing.filter(({ code }) => code === 'several-outputs');
    assert.equal(said[0]?.severity, 'warning');
    assert.match(said[0]!.sentence, /"first".*second/);
    const named = await engine.audit({ ...request, set: [...request.set, 'output=second'] });
    const [info] = named.preprocessing.filter(({ code }) => code === 'several-outputs');
    assert.equal(info?.severity, 'info');
    assert.match(info!.sentence, /"second" is explained/);
  });

  it('and so do the files that are made of such a model', async () => {
    const explainer = await engine.explainer(request);
    const { data: _, ...alone } = request;
    const named = await engine.explainer({ ...request, set: [...request.set, 'output=second'] });
    for (const [what, said, severity] of [
      ['explainer', explainer.said, 'warning'],
      ['explainer of the other', named.said, 'info'],
      ['masked', (await engine.masked(alone)).read, 'warning'],
      ['drop-in', (await engine.masked(request)).read, 'warning'],
    ] as const) {
      const [of] = said.filter(({ code }) => code === 'several-outputs');
      assert.equal(of?.severity, severity, what);
      assert.match(of!.sentence, severity === 'info' ? /"second" is explained/ : /"first".*second/, what);
    }
    const notes = readOnnx(explainer.bytes).metadata!.get('attribution.notes')!;
    assert.deepEqual(JSON.parse(notes), [explainer.said[0]!.sentence]);
  });

  it('and a repair, among its notes', async () => {
    const asked = { ...request, arm: 'masked' as const };
    const { found } = await engine.repair(asked);
    assert.match(
      found.notes.join(' '),
      /Of the model's outputs "first" is explained, because it comes first/,
    );
  });
});

/** Two heads of two classes over one convolution. */
function twoHeads() {
  const b = new GraphBuilder(emptyGraph(['N', 4, 24]));
  const conv = b.add('Conv', ['x', weights(b, [3, 4, 1])]);
  const pooled = b.reduce('ReduceMean', b.add('Relu', [conv]), [2], false);
  for (const name of ['first', 'second']) b.rename(b.add('MatMul', [pooled, weights(b, [3, 2])]), name);
  return b.build(['first', 'second'].map((name) => ({ name, dtype: 'float32' as const, dims: ['N', 2] })));
}
