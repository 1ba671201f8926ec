import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';
import type { Explanation } from '../../../src/attribution/explanation.ts';
import type { MethodId } from '../../../src/attribution/methods.ts';
import { createEngine, type LocalEngine } from '../../../src/engine/service.ts';

/** What PyTorch answers; media/sample/make/make_sample.py and test/fixtures/tiny/make_tiny.py wrote it. */
interface Reference {
  readonly layers: Readonly<Record<string, { readonly tensor: string }>>;
  readonly instances: readonly {
    readonly case: string;
    readonly length: number;
    /** By layer, method, and class: nested [T] or [F][T], signed, as the layer has them. */
    readonly maps: Readonly<
      Record<string, Readonly<Record<string, Nested | Readonly<Record<string, Nested>>>>>
    >;
  }[];
}
type Nested = readonly number[] | readonly (readonly number[])[];

interface Truth {
  readonly cases: readonly {
    readonly case: string;
    readonly label: string;
    readonly salient: readonly Cells[];
    readonly knock?: Cells;
  }[];
}
interface Cells {
  readonly feature: string;
  readonly from: number;
  readonly to: number;
}

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const json = <T>(path: string): T => JSON.parse(readFileSync(repository + path, 'utf8'));
const sample = `${repository}media/sample/`;
const main = { model: `${sample}models/xcm.onnx`, project: `${sample}attribution.json` };
const test = { ...main, data: `${sample}data/test.csv` };

const settings: Readonly<Record<string, { readonly method: MethodId; readonly maskedAlpha?: boolean }>> = {
  gradcam: { method: 'gradcam' },
  gradcam_maskalpha: { method: 'gradcam', maskedAlpha: true },
  hirescam: { method: 'hirescam' },
};

const places = [
  {
    name: 'the sample',
    reference: json<Reference>('test/fixtures/sample_reference.json'),
    request: test,
  },
  {
    name: 'the tiny model',
    reference: json<Reference>('test/fixtures/tiny/reference.json'),
    request: {
      model: `${repository}test/fixtures/tiny/tiny.onnx`,
      data: `${repository}test/fixtures/tiny/long.csv`,
      project: `${repository}test/fixtures/tiny/attribution.json`,
    },
  },
];

function assertClose(found: ArrayLike<number>, expected: readonly number[], what: string): void {
  assert.equal(found.length, expected.length, what);
  const largest = Math.max(...expected.map(Math.abs));
  const difference = Math.max(...expected.map((value, i) => Math.abs(value - found[i]!)));
  assert.ok(difference <= 1e-4 * largest, `${what}: differs by ${difference}, the largest is ${largest}`);
}

for (const { name, reference, request } of places) {
  describe(`Maps of ${name}`, () => {
    let engine: LocalEngine;
    before(() => {
      engine = createEngine();
    });
    after(() => engine.dispose());

    for (const [layer, { tensor }] of Object.entries(reference.layers)) {
      for (const [setting, { method, maskedAlpha }] of Object.entries(settings)) {
        it(`equal PyTorch's: ${setting} at ${layer}`, async () => {
          const { instances } = await engine.data(request);
          for (const { case: id, maps } of reference.instances) {
            const instance = instances.find((one) => one.id === id)!.index;
            for (const [target, expected] of Object.entries(maps[layer]![setting]!)) {
              const asked = { layer: tensor, method, maskedAlpha, relu: false, target, instance };
              const { native } = await engine.explain({ ...request, ...asked });
              assertClose(native.values, (expected as Nested).flat(), `${id}, class ${target}`);
            }
          }
        });
      }
    }
  });
}

function brightest({ map, signals }: Explanation): { feature: string; step: number } {
  const at = map.values.indexOf(Math.max(...map.values));
  return { feature: signals.features[Math.floor(at / map.columns)]!, step: at % map.columns };
}

describe('The sample', () => {
  const { logits, labels, testAccuracy } = json<{
    readonly logits: Readonly<Record<string, readonly number[]>>;
    readonly labels: Readonly<Record<string, string>>;
    readonly testAccuracy: number;
  }>('test/fixtures/sample_reference.json');
  const truth = json<Truth>('media/sample/ground_truth.json');
  let engine: LocalEngine;
  let all: Explanation[];

  before(async () => {
    engine = createEngine();
    const every = truth.cases.map((_, index) => index);
    all = [];
    for await (const some of engine.explainMany({ ...test, method: 'hirescam' }, every)) all.push(...some);
  });
  after(() => engine.dispose());

  it('has an attribution.json that the schema allows', () => {
    const validate = new Ajv({ strict: false }).compile(json('media/schema/attribution.schema.json'));
    assert.ok(validate(json('media/sample/attribution.json')), JSON.stringify(validate.errors));
  });

  it('gives PyTorch’s logits for all of test.csv', () => {
    assert.deepEqual(
      all.map(({ instance }) => instance.id),
      Object.keys(logits),
    );
    for (const { instance, prediction } of all) {
      assertClose(prediction.logits, logits[instance.id]!, instance.id);
    }
  });

  it('is mostly right, and once wrong', () => {
    const wrong = all.filter(
      ({ prediction, instance }) => prediction.classes[prediction.predicted] !== labels[instance.id],
    );
    assert.deepEqual(
      wrong.map(({ instance }) => instance.id),
      ['stairs_0017'],
    );
    const { knock } = truth.cases.find((one) => one.case === 'stairs_0017')!;
    const { feature, step } = brightest(wrong[0]!);
    assert.equal(feature, knock!.feature);
    assert.ok(step >= knock!.from && step < knock!.to, `brightest at step ${step}`);
    assert.ok(testAccuracy >= 0.95);
  });

  it('opens at the feature × time layer, whose map is brightest at the event', () => {
    const hits = all.filter((explanation, index) => {
      const { layer, prediction } = explanation;
      assert.equal(layer.name, 'conv2dblock');
      const { feature, step } = brightest(explanation);
      const { salient, label } = truth.cases[index]!;
      return (
        prediction.classes[prediction.predicted] === label &&
        salient.some((cell) => cell.feature === feature && step >= cell.from && step < cell.to)
      );
    });
    assert.ok(hits.length >= 58, `${hits.length} of ${all.length}`);
  });

  it('has files of one recording that say the same as test.csv', async () => {
    for (const id of ['walk_0007', 'run_0003', 'stairs_0011', 'walk_0013', 'stairs_0020', 'stairs_0017']) {
      const { instance, prediction } = await engine.explain({ ...main, data: `${sample}data/${id}.csv` });
      assert.equal(instance.label, labels[id]);
      assertClose(prediction.logits, logits[id]!, id);
    }
  });

  it('has a second model, with kernels as long as the series, whose map lies mostly on padding', async () => {
    const wide = `${sample}models/xcm_wide.onnx`;
    const { prediction, layer, shares, zones } = await engine.explain({
      ...main,
      model: wide,
      data: `${sample}data/walk_0007.csv`,
    });
    assert.equal(prediction.classes[prediction.predicted], 'walk');
    assert.equal(layer.name, 'conv1d');
    assert.ok(shares.REAL.map < 0.5, `${shares.REAL.map} of the map lies on real steps`);
    assert.deepEqual(
      zones.map(({ zone }) => zone),
      ['REAL', 'MIXED'],
    );
  });
});
