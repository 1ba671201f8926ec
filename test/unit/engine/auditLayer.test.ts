import assert from 'node:assert/strict';
import { writeOnnx } from '../../../src/formats/onnx/writeOnnx.ts';
import { text } from '../../../src/graph/attributes.ts';
import { weights } from '../graph/classifier/head.ts';
import { graphOf } from '../graph/smallGraph.ts';
import { engineIn } from './engineIn.ts';

describe('an audit at a layer that reads every step', () => {
  const { engine, put } = engineIn('audit-layer');

  it('says that it looks at others', async () => {
    const graph = graphOf(['N', 2, 12], (b) => {
      const conv = (x: string, features: number) =>
        b.add('Relu', [b.add('Conv', [x, weights(b, [3, features, 3])], { auto_pad: text('SAME_UPPER') })]);
      const normed = b.add('InstanceNormalization', [
        conv(conv('x', 2), 3),
        weights(b, [3]),
        weights(b, [3]),
      ]);
      return b.add('MatMul', [b.reduce('ReduceMean', conv(normed, 3), [2], false), weights(b, [3, 2])]);
    });
    const model = put('normed.onnx', writeOnnx(graph));
    const rows = Array.from({ length: 96 }, (_, row) => {
      const [n, t] = [Math.floor(row / 8), row % 8];
      return `c${n},${t},${n % 2 ? 'rest' : 'walk'},${Math.sin(n + t).toFixed(3)},${Math.cos(n * t).toFixed(3)}`;
    });
    const data = put('twelve.csv', `case,time,label,a,b\n${rows.join('\n')}\n`);
    const project = put('attribution.json', '{ "preprocess": [{ "pad": { "to": 12 } }], "input": "NFT" }');
    const { layers } = await engine.model({ model, project });
    const said = async (layer: string) =>
      (await engine.audit({ model, data, project, layer })).preprocessing.filter(
        ({ code }) => code === 'layer-not-audited',
      );
    const everything = layers.findLast(({ receptiveField }) => receptiveField.size === null)!.name;
    const [finding] = await said(everything);
    assert.ok(finding!.sentence.startsWith(`Every position of ${everything} reads every step, `));
    assert.deepEqual(await said(layers.find(({ receptiveField }) => receptiveField.size !== null)!.name), []);
  });
});
