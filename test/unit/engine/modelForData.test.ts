import assert from 'node:assert/strict';
import { writeNpy } from '../../../src/data/numpy/writeNpz.ts';
import { writeOnnx } from '../../../src/formats/onnx/writeOnnx.ts';
import { text } from '../../../src/graph/attributes.ts';
import { float32 } from '../../../src/graph/tensor.ts';
import { createRandom } from '../../../src/random.ts';
import { weights } from '../graph/classifier/head.ts';
import { graphOf } from '../graph/smallGraph.ts';
import { refusal } from '../refusal.ts';
import { engineIn } from './engineIn.ts';

describe('A model that does the same along both axes of its input', () => {
  const { engine, put } = engineIn('model-for-data');
  const CODE = 'layout-by-data';
  let model: string;
  before(() => {
    const plain = graphOf(['N', 3, 9], (b) => {
      const image = b.unsqueeze('x', [1]);
      const conv = b.add('Conv', [image, weights(b, [4, 1, 3, 3])], { auto_pad: text('SAME_UPPER') });
      return b.add('MatMul', [b.reduce('ReduceMean', conv, [2, 3], false), weights(b, [4, 2])]);
    });
    model = put('plain.onnx', writeOnnx(plain));
  });

  const table = (features: number, steps: number, of = 8) => {
    const random = createRandom(5);
    const head = [
      'case',
      'time',
      'label',
      ...Array.from({ length: features }, (_, f) => `sensor ${'abcdefghi'[f]}`),
    ];
    const rows = Array.from({ length: of * steps }, (_, row) => [
      ...[`c${Math.floor(row / steps)}`, row % steps, row < (of * steps) / 2 ? 'rest' : 'walk'],
      ...Array.from({ length: features }, () => random.normal().toFixed(3)),
    ]);
    return [head, ...rows].map((cells) => cells.join(',')).join('\n');
  };
  const array = (value: (n: number, row: number, column: number) => number) =>
    writeNpy(
      float32(
        [12, 3, 9],
        Float32Array.from({ length: 324 }, (_, at) =>
          value(Math.floor(at / 27), Math.floor(at / 9) % 3, at % 9),
        ),
      ),
    );

  for (const { features, steps, layout } of [
    { features: 3, steps: 9, layout: 'NFT' },
    { features: 3, steps: 7, layout: 'NFT' },
    { features: 9, steps: 3, layout: 'NTF' },
  ] as const) {
    it(`is read as ${layout} for a file of ${features} features and ${steps} steps, which is said`, async () => {
      const data = put(`f${features}_${steps}.csv`, table(features, steps));
      const { map, findings } = await engine.explain({ model, data, instance: 0 });
      assert.equal(map.columns, layout === 'NFT' ? 9 : 3);
      const said = findings.filter(({ code }) => code === CODE);
      assert.equal(said.length, 1);
      assert.match(
        said[0]!.sentence,
        new RegExp(`the file has ${features} features, .*"input": "${layout}"`),
      );
    });
  }

  it('is asked about where the file has another number of features, or longer series', async () => {
    for (const [features, steps] of [
      [4, 9],
      [3, 10],
      [9, 9],
    ] as const) {
      const data = put(`other${features}_${steps}.csv`, table(features, steps));
      await assert.rejects(
        engine.explain({ model, data, instance: 0 }),
        refusal('ask-input-layout', /NFT.*NTF/),
      );
    }
  });

  it('takes what attribution.json says', async () => {
    const data = put('said.csv', table(3, 9));
    const { findings } = await engine.explain({ model, data, instance: 0, set: ['input=NFT'] });
    assert.ok(findings.every(({ code }) => code !== CODE));
  });

  it('is settled by a bare array only where its numbers go on along one axis', async () => {
    const random = createRandom(7);
    const smooth = put(
      'smooth.npy',
      array((n, row, column) => Math.sin(n + 3 * row + column / 4)),
    );
    const { findings } = await engine.explain({ model, data: smooth, instance: 0 });
    assert.ok(findings.some(({ code }) => code === CODE));
    const noise = put(
      'noise.npy',
      array(() => random.normal()),
    );
    await assert.rejects(
      engine.explain({ model, data: noise, instance: 0 }),
      refusal('ask-input-layout', /NTF/),
    );
  });
});
