import assert from 'node:assert/strict';
import type { MethodId } from '../../../src/attribution/methods.ts';
import { createEngine, type LocalEngine } from '../../../src/engine/service.ts';
import { elementCount, numbers } from '../../../src/graph/tensor.ts';
import { modelCard, reference, referenceModels, relativeDifference } from '../../fixtures/reference.ts';
import { referenceFile } from '../../fixtures/referenceFile.ts';
import { type Answers, type Explainer, type Feed, openExplainer } from './explainerRun.ts';

/** Keys of the references and what is asked to get them; each layer takes the next one. */
const VARIANTS: readonly { key: string; method: MethodId; relu?: boolean; maskedAlpha?: boolean }[] = [
  { key: 'gradcam_relu', method: 'gradcam', relu: true },
  { key: 'gradcam_maskalpha', method: 'gradcam', maskedAlpha: true },
  { key: 'hirescam', method: 'hirescam' },
  { key: 'layercam', method: 'layercam' },
  { key: 'gradcampp_noeps', method: 'gradcampp' },
];

describe('explainer.onnx against PyTorch and Captum', function () {
  this.timeout(120_000);
  let engine: LocalEngine;
  before(() => {
    engine = createEngine();
  });
  after(() => engine.dispose());

  let turn = 0;
  for (const [model, files] of Object.entries(referenceModels)) {
    for (const file of files) {
      it(`${file}: map and logits, both targets, every layer by another method`, async () => {
        const card = modelCard(model);
        const of = reference(model);
        const x = numbers(of('x'));
        const targets = numbers(of('targets'));
        const lengths = numbers(of('L'));
        const count = 2 * lengths.length;
        const width = card.F * card.T;
        // Each instance twice, once for each of its targets.
        const feeds: Record<string, Feed> = {
          x: {
            type: 'float32',
            dims: [count, card.F, card.T],
            values: Array.from({ length: count }, (_, i) =>
              x.slice((i >> 1) * width, ((i >> 1) + 1) * width),
            ).flat(),
          },
          length: { type: 'int64', dims: [count], values: lengths.flatMap((length) => [length, length]) },
          target: { type: 'int64', dims: [count], values: targets },
        };
        const layers = Object.entries(card.onnx[file]!.layers).filter(([name]) => has(of, `${name}|gradcam`));
        assert.ok(layers.length > 0);
        for (const [name, { tensor }] of layers) {
          const { key, ...asked } = VARIANTS[turn++ % VARIANTS.length]!;
          const { bytes } = await engine.explainer({
            ...{ model: referenceFile(file), layer: tensor, relu: false, ...asked },
            ...{ padding: 'length', targetInput: true },
            ...(file.includes('dynT') && { steps: card.T }),
          });
          const explainer = await openExplainer(bytes);
          const answers = await runAll(explainer, feeds, file.includes('batch1'));
          await explainer.release();
          const what = `${file} ${name} ${key}`;
          const apart = relativeDifference(answers.map!, numbers(of(`${name}|${key}`)));
          assert.ok(apart <= 1e-4, `${what}: ${apart}`);
          const logits = numbers(of('logits'));
          const classes = logits.length / lengths.length;
          const own = answers.logits!.filter((_, i) => Math.floor(i / classes) % 2 === 0);
          assert.ok(relativeDifference(own, logits) <= 1e-4, what);
        }
      });
    }
  }
});

/** Time first: maps of a 2-D layer are [T, F] there, [F, T] here. */
const KERAS = [
  ['keras_fcn_content', 'keras_fcn_content.keras', 'relu2'],
  ['keras_xcm_content', 'keras_xcm_content.keras', '2D_Activation'],
] as const;

describe('explainer.onnx of Keras models against TensorFlow', function () {
  this.timeout(60_000);
  for (const [model, file, layer] of KERAS) {
    it(`${file}: map and logits at ${layer}, both targets`, async () => {
      const engine = createEngine();
      const { bytes } = await engine.explainer({ model: referenceFile(file), layer, targetInput: true });
      await engine.dispose();
      const of = reference(model);
      const [x, targets] = [of('x'), numbers(of('targets'))];
      const width = elementCount(x.dims.slice(1));
      const values = numbers(x);
      const twice = targets.flatMap((_, i) => values.slice((i >> 1) * width, ((i >> 1) + 1) * width));
      const explainer = await openExplainer(bytes);
      const answers = await explainer.run({
        [explainer.inputs[0]!]: {
          type: 'float32',
          dims: [targets.length, ...x.dims.slice(1)],
          values: twice,
        },
        target: { type: 'int64', dims: [targets.length], values: targets },
      });
      await explainer.release();
      const wanted = of(`${layer}|gradcam_relu`);
      const [steps, features = 1] = wanted.dims.slice(2) as [number, number?];
      const { values: map } = answers.map!;
      const turned = map.map((_, i) => {
        const [n, step, feature] = [
          Math.floor(i / (steps * features)),
          Math.floor(i / features) % steps,
          i % features,
        ];
        return map[(n * features + feature) * steps + step]!;
      });
      assert.ok(relativeDifference(turned, numbers(wanted)) <= 1e-4);
      const logits = numbers(of('logits'));
      const classes = answers.logits!.dims[1]!;
      const own = answers.logits!.values.filter((_, i) => Math.floor(i / classes) % 2 === 0);
      assert.ok(relativeDifference(own, logits) <= 1e-4);
    });
  }
});

async function runAll(
  explainer: Explainer,
  feeds: Readonly<Record<string, Feed>>,
  oneByOne: boolean,
): Promise<Record<string, number[]>> {
  const [own] = explainer.inputs;
  const named = ({ x, ...rest }: Readonly<Record<string, Feed>>) => ({ [own!]: x!, ...rest });
  const runs: Answers[] = [];
  if (!oneByOne) runs.push(await explainer.run(named(feeds)));
  for (let n = 0; oneByOne && n < feeds.x!.dims[0]!; n++) {
    const one = Object.entries(feeds).map(([name, { type, dims, values }]) => {
      const size = elementCount(dims.slice(1));
      const part = [...values].slice(n * size, (n + 1) * size);
      return [name, { type, dims: [1, ...dims.slice(1)], values: part }] as const;
    });
    runs.push(await explainer.run(named(Object.fromEntries(one))));
  }
  return Object.fromEntries(
    explainer.outputs.map((name) => [name, runs.flatMap((answers) => answers[name]!.values)]),
  );
}

function has(of: ReturnType<typeof reference>, key: string): boolean {
  try {
    return of(key) !== undefined;
  } catch {
    return false;
  }
}
