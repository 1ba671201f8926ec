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

describe('A model that does not show which axis of its input is time', () => {
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
    const said = findings.find(({ code }) => code === CODE);
    assert.equal(said?.severity, 'warning');
    assert.match(
      said.sentence,
      /the numbers go on along the axis of \d+.* Where bands of a spectrum lie along it/,
    );
    const noise = put(
      'noise.npy',
      array(() => random.normal()),
    );
    await assert.rejects(
      engine.explain({ model, data: noise, instance: 0 }),
      refusal('ask-input-layout', /NTF/),
    );
  });

  describe('and what its graph does along one of them that proves nothing', () => {
    const RULE = 'layout-by-rule';
    /** The steps are its channels, so that it slides from feature to feature; of one tap it mixes steps alone. */
    const acrossFeatures = (taps: number, features: number, steps: number) =>
      graphOf(['N', steps, features], (b) => {
        const pads = { kind: 'ints', value: [(taps - 1) / 2, (taps - 1) / 2] } as const;
        const conv = b.add('Conv', ['x', weights(b, [4, steps, taps])], { pads });
        return b.add('MatMul', [
          b.reduce('ReduceMean', b.add('Relu', [conv]), [2], false),
          weights(b, [4, 2]),
        ]);
      });
    for (const [taps, features, steps] of [
      [3, 3, 9],
      [1, 3, 9],
      [1, 9, 3],
    ] as const) {
      it(`${taps} taps across ${features} features: the file tells, and goes before the graph`, async () => {
        const across = put(
          `across${taps}_${features}.onnx`,
          writeOnnx(acrossFeatures(taps, features, steps)),
        );
        const summary = await engine.model({ model: across });
        const said = summary.findings.find(({ code }) => code === RULE);
        assert.match(
          said!.sentence,
          new RegExp(
            `taken for ${steps} features × ${features} steps, .*"input": "NTF" if a series has ${features}`,
          ),
        );
        const data = put(`across${features}.csv`, table(features, steps));
        const { map, findings } = await engine.explain({ model: across, data, method: 'saliency' });
        assert.deepEqual([map.rows, map.columns], [features, steps]);
        assert.deepEqual(
          [CODE, RULE].map((asked) => findings.filter(({ code }) => code === asked).length),
          [1, 0],
        );
        const turned = put(`along${features}.csv`, table(steps, features));
        const along = await engine.explain({ model: across, data: turned, method: 'saliency' });
        assert.deepEqual([along.map.rows, along.map.columns], [steps, features]);
      });
    }

    it('is said no more where attribution.json says it, nor of windows along the longer axis', async () => {
      const across = put('told.onnx', writeOnnx(acrossFeatures(3, 3, 9)));
      const told = await engine.model({ model: across, set: ['input=NTF'] });
      assert.deepEqual([told.layout, told.findings.filter(({ code }) => code === RULE)], ['NTF', []]);
      const usual = put('usual.onnx', writeOnnx(acrossFeatures(3, 9, 3)));
      assert.deepEqual(
        (await engine.model({ model: usual })).findings.filter(({ code }) => code === RULE),
        [],
      );
    });

    it('patches of a fixed axis beside a free one are spoken of', async () => {
      const model = put(
        'patches.onnx',
        writeOnnx(
          graphOf(['N', 'V', 24], (b) => {
            const patches = b.add('Reshape', ['x', b.ints([0, -1, 24])]);
            const conv = b.add(
              'Conv',
              [b.reshape(b.transpose(patches, [0, 1, 2]), [-1, 1, 24]), weights(b, [4, 1, 8])],
              {
                strides: { kind: 'ints', value: [8] },
              },
            );
            const each = b.add('Reshape', [
              conv,
              b.concat([b.slice(b.shapeOf('x'), [0], [0], [2]), b.ints([12])], 0),
            ]);
            return b.add('MatMul', [b.reduce('ReduceMean', each, [1], false), weights(b, [12, 2])]);
          }),
        ),
      );
      const { findings } = await engine.model({ model });
      assert.match(findings.find(({ code }) => code === RULE)!.sentence, /run along the one of 24/);
    });
  });
});
