import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Explanation } from '../../../src/attribution/explanation.ts';
import type { ExplainRequest } from '../../../src/engine/requests.ts';
import { createEngine, type LocalEngine } from '../../../src/engine/service.ts';
import { readOnnx } from '../../../src/formats/onnx/readOnnx.ts';
import { writeOnnx } from '../../../src/formats/onnx/writeOnnx.ts';
import { withDynamicTime } from '../../../src/graph/dynamicTime.ts';
import { modelCard, relativeDifference } from '../../fixtures/reference.ts';
import { referenceFile } from '../../fixtures/referenceFile.ts';

const tiny = (name: string) => fileURLToPath(new URL(`../../fixtures/tiny/${name}`, import.meta.url));

describe('explaining the masked model', function () {
  this.timeout(30_000);
  let engine: LocalEngine;
  let folder: string;
  before(async () => {
    engine = createEngine();
    folder = await mkdtemp(join(tmpdir(), 'attribution-masked-'));
  });
  after(async () => {
    await engine.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  it('says that it is a different model, and by how much its answer differs for this instance', async () => {
    const asked = { model: tiny('tiny.onnx'), data: tiny('long.csv'), project: tiny('attribution.json') };
    for (const instance of [0, 2, 5]) {
      const plain = await engine.explain({ ...asked, instance });
      const masked = await engine.explain({ ...asked, instance, maskedModel: true });
      assert.deepEqual([plain.how.maskedModel, masked.how.maskedModel], [false, true]);
      assert.ok(!plain.findings.some(({ code }) => code === 'masked-model'));
      const { sentence } = masked.findings.find(({ code }) => code === 'masked-model')!;
      const cls = plain.prediction.predicted;
      const [dLogit, dP] = (['logits', 'probabilities'] as const).map(
        (of) => masked.prediction[of]![cls]! - plain.prediction[of]![cls]!,
      );
      assert.match(sentence, /a different model from the one given/);
      assert.match(sentence, new RegExp(`logit of ${plain.prediction.classes[cls]}`));
      const said = sentence.match(/[−+]?\d+\.\d+(?= to)/g)!.map((text) => Number(text.replace('−', '-')));
      assert.ok(Math.abs(said[0]! - dLogit!) <= 0.00501 && Math.abs(said[1]! - dP!) <= 0.000501, sentence);
      assert.ok(Math.abs(dLogit!) > 0.005, 'the instance is padded, so masking changes the answer');
      // Nothing of the map is left on padding.
      assert.equal(masked.shares.MIXED.map + masked.shares.EMPTY.map, 0);
      assert.deepEqual(masked.zones, plain.zones);
    }
  });

  it('says that nothing is padded, where nothing is', async () => {
    const asked = { model: tiny('tiny.onnx'), data: tiny('long.csv'), project: tiny('attribution.json') };
    const mask = { kind: 'none' } as const;
    const plain = await engine.explain({ ...asked, mask });
    const masked = await engine.explain({ ...asked, mask, maskedModel: true });
    assert.match(masked.findings.at(-1)!.sentence, /no step is padded here, so both answer alike/);
    assert.ok(relativeDifference(masked.map.values, plain.map.values) <= 1e-4);
  });

  describe('against truncating the series', () => {
    /** A project of a model whose series are padded to T, and one that leaves them as long as they are. */
    async function projects(name: string): Promise<{ padded: string; short: string }> {
      const { class_names: classes, standardization } = modelCard(name);
      const paths = {
        padded: join(folder, `${name}.padded.json`),
        short: join(folder, `${name}.short.json`),
      };
      const standardize = { mean: standardization.mean, std: standardization.std };
      const pad = { value: 0, side: 'end' };
      await writeFile(
        paths.padded,
        JSON.stringify({ classes, preprocess: [{ standardize }, { pad: { to: 131, ...pad } }] }),
      );
      await writeFile(paths.short, JSON.stringify({ classes, preprocess: [{ standardize }] }));
      return paths;
    }

    /** The same weights for series of any length. */
    async function freed(name: string): Promise<string> {
      const graph = readOnnx(readFileSync(referenceFile(`${name}.onnx`)));
      const free = withDynamicTime(graph, { name: graph.inputs[0]!.name, timeAxis: 2 }, 131);
      if (typeof free === 'string') throw new Error(free);
      const path = join(folder, `${name}.free.onnx`);
      await writeFile(path, writeOnnx(free));
      return path;
    }

    const same = (masked: Explanation, short: Explanation, what: string) => {
      const { length } = short.padding;
      assert.equal(masked.padding.length, length);
      const rows = masked.native.rows;
      const real = new Float32Array(rows * length);
      for (let row = 0; row < rows; row++) {
        const from = row * masked.native.columns;
        real.set(masked.native.values.subarray(from, from + length), row * length);
        const padding = masked.native.values.subarray(from + length, from + masked.native.columns);
        assert.ok(
          padding.every((value) => value === 0),
          `${what}: the map is zero on padding`,
        );
      }
      const off = relativeDifference(real, short.native.values);
      assert.ok(off <= 1e-4, `${what}: the map is off by ${off}`);
      const logits = relativeDifference(masked.prediction.logits, short.prediction.logits);
      assert.ok(logits <= 1e-4, `${what}: the logits are off by ${logits}`);
    };

    /*
     * Stride 1, 'same', pooled by the mean: masked pooling is Σ_real A / L, so d logit / d A_k(p) = w_k / L at every
     * real position of the last convolution, as in the truncated model (the padded one has w_k / T). HiResCAM is
     * therefore the truncated model's at every layer, and so is Grad-CAM once α is taken over real positions.
     */
    for (const [name, layers] of [
      ['xcm_content_w26', ['conv2dblock', 'conv1dblock', 'concat', 'conv1d']],
      ['fcn_content', ['*first conv', '*last conv']],
      ['inceptiontime_content', ['*last conv block']],
    ] as const) {
      it(`${name}: logits, HiResCAM and masked-α Grad-CAM are the truncated model's`, async () => {
        const { padded, short } = await projects(name);
        const [fixed, free] = [referenceFile(`${name}.onnx`), await freed(name)];
        const data = referenceFile('padded30/padded30_content.csv');
        const summary = await engine.model({ model: fixed });
        for (const wanted of layers) {
          const layer = wanted.startsWith('*')
            ? summary.layers.find(({ marks }) => marks.includes(wanted.slice(1)))!.tensor
            : wanted;
          for (const [method, maskedAlpha] of [
            ['hirescam', false],
            ['gradcam', true],
          ] as const) {
            for (const instance of [0, 7, 23]) {
              const how: Partial<ExplainRequest> = { data, instance, layer, method, relu: false, target: 1 };
              const truncated = await engine.explain({
                ...(how as ExplainRequest),
                model: free,
                project: short,
                mask: { kind: 'none' },
              });
              const masked = await engine.explain({
                ...(how as ExplainRequest),
                maskedAlpha,
                model: fixed,
                project: padded,
                maskedModel: true,
              });
              same(masked, truncated, `${layer} ${method} ${instance}`);
            }
          }
        }
      });
    }

    it('the padded model’s HiResCAM at the last convolution is L/T of it where no padding is read', async () => {
      const { padded } = await projects('fcn_content');
      const [model, data] = [
        referenceFile('fcn_content.onnx'),
        referenceFile('padded30/padded30_content.csv'),
      ];
      const ask = { model, data, project: padded, method: 'hirescam', relu: false, target: 0 } as const;
      const [plain, masked] = [
        await engine.explain(ask),
        await engine.explain({ ...ask, maskedModel: true }),
      ];
      const { length } = plain.padding;
      const inner = length - plain.layer.receptiveField.size!;
      assert.ok(inner > 10, `${inner} positions read no padding`);
      const scaled = masked.native.values.subarray(0, inner).map((value) => (value * length) / 131);
      assert.ok(relativeDifference(plain.native.values.subarray(0, inner), scaled) <= 1e-4);
    });

    it('runs where the number of instances is fixed, and with a free time axis padded by the project', async () => {
      const { padded } = await projects('xcm_content_w26');
      const data = referenceFile('padded30/padded30_content.csv');
      const ask = { data, project: padded, layer: 'conv1d', relu: false, maskedModel: true, instance: 3 };
      const wanted = await engine.explain({ ...ask, model: referenceFile('xcm_content_w26.onnx') });
      for (const file of ['batch1', 'dynT', 'softmax']) {
        const found = await engine.explain({ ...ask, model: referenceFile(`xcm_content_w26.${file}.onnx`) });
        assert.ok(relativeDifference(found.prediction.logits, wanted.prediction.logits) <= 1e-4, file);
        assert.ok(relativeDifference(found.native.values, wanted.native.values) <= 1e-4, file);
      }
    });

    it('reads the state after the last real step where an LSTM stands beside the convolutions', async () => {
      const { padded } = await projects('lstmfcn_content');
      const found = await engine.explain({
        model: referenceFile('lstmfcn_content.onnx'),
        data: referenceFile('padded30/padded30_content.csv'),
        project: padded,
        maskedModel: true,
      });
      assert.ok(found.findings.some(({ code }) => code === 'masked-model'));
      assert.ok(found.prediction.logits.every(Number.isFinite));
    });
  });
});
