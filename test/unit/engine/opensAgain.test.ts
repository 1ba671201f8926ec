import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import type { MethodId } from '../../../src/attribution/methods.ts';
import type { ExplainerRequest } from '../../../src/engine/requests.ts';
import { Refusal } from '../../../src/refusal.ts';
import { noiseCsv } from '../../fixtures/noiseCsv.ts';
import { relativeDifference } from '../../fixtures/reference.ts';
import { engineIn } from './engineIn.ts';

const fixture = (path: string) => fileURLToPath(new URL(`../../fixtures/${path}`, import.meta.url));
const MODEL = fixture('tiny/tiny.onnx');
const PROJECT = fixture('tiny/attribution.json');
const NONE = { kind: 'none' } as const;

/** What refuses a model that masks its layers by itself says to use it as it is. */
const AS_IT_IS = /mask.* already.*: use it as it is\.$/;
const INSTEAD =
  /^again\d+\.onnx is an explainer that takes .*: open tiny\.onnx, which it was made of, or write it anew with/;

type Explainer = Omit<ExplainerRequest, 'model'>;
interface Source {
  readonly model: string;
  readonly project: string;
  readonly data: string;
}

describe('a model that we have written', function () {
  this.timeout(30_000);
  const { engine, put } = engineIn('again');
  let written = 0;
  const again = (bytes: Uint8Array) => put(`again${written++}.onnx`, bytes);
  const data = () =>
    put('noise.csv', noiseCsv({ instances: 20, labelled: true, length: (i) => 10 + (i % 7) }));
  const source = (model = MODEL): Source => ({ model, project: PROJECT, data: data() });
  const explainer = async (asked: Explainer = {}) =>
    (await engine.explainer({ model: MODEL, project: PROJECT, ...asked })).bytes;
  const trained = async (maskInput: boolean) => {
    const asked = {
      data: data(),
      architecture: 'fcn',
      filters: 2,
      padding: 'end',
      epochs: 1,
      seed: 1,
    } as const;
    const { onnx, settings } = await engine.train({ ...asked, masked: true, maskInput });
    const project = put(`trained${maskInput}.json`, JSON.stringify(settings));
    return { ...source(again(onnx)), project };
  };
  const repaired = async (maskInput: boolean) =>
    (await engine.repair({ ...source(), arm: 'masked', keep: true, maskInput })).model!;
  const logits = async (of: Source, more: { maskedModel?: boolean; mask?: typeof NONE } = {}) =>
    (await engine.explain({ ...of, instance: 3, ...more })).prediction.logits;

  /** Everything that takes a model. */
  const commands: Readonly<Record<string, (of: Source) => Promise<unknown>>> = {
    layers: async ({ model, project }) => {
      const { layers } = await engine.model({ model, project });
      assert.ok(layers.length > 0);
    },
    explain: (of) => engine.explain(of),
    'explain over real steps': (of) => engine.explain({ ...of, maskedAlpha: true, target: 0, against: 1 }),
    'explain by occlusion': (of) => engine.explain({ ...of, method: 'occlusion' }),
    'explain by a path': (of) => engine.explain({ ...of, method: 'integrated-gradients' }),
    'explain by channels': (of) => engine.explain({ ...of, method: 'ablationcam' }),
    dataset: (of) => engine.overview(of),
    audit: (of) => engine.audit({ ...of, instances: [0, 1, 2, 3] }),
    evaluate: (of) =>
      engine.evaluate({ ...of, most: 2, draws: 1, allWeightsOnly: true, replacements: ['zero'] }),
    explainer: ({ model, project }) => engine.explainer({ model, project, padding: 'mask' }),
    convert: ({ model }) => engine.converted({ model }),
    masked: ({ model, project }) => engine.masked({ model, project }),
    'masked --drop-in': (of) => engine.masked(of),
    'explain the masked model': (of) => engine.explain({ ...of, maskedModel: true }),
    repair: (of) => engine.repair({ ...of, arm: 'masked', keep: true }),
  };

  /** @param refusing commands that may refuse, by saying what to use instead */
  async function opens(of: Source, refusing: readonly string[] = [], instead = AS_IT_IS): Promise<void> {
    for (const [name, command] of Object.entries(commands)) {
      const fault = await command(of).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (!refusing.includes(name)) assert.ifError(fault);
      else assert.ok(fault instanceof Refusal && instead.test(fault.message), `${name}: ${fault}`);
    }
  }
  const MASKED = ['masked', 'explain the masked model'];

  it('as an explainer opens again in every command, as the model inside it', async () => {
    await opens(source(again(await explainer())));
    await opens(source(again(await explainer({ padding: 'mask', maskedModel: true }))), MASKED);
  });

  const same: Readonly<Record<string, Explainer>> = {
    ...Object.fromEntries(
      (['hirescam', 'gradcampp', 'layercam', 'xgradcam', 'saliency', 'gradient-input'] as const).map(
        (method: MethodId) => [method, { method }],
      ),
    ),
    'a length': { padding: 'length' },
    'a mask': { padding: 'mask', maskedAlpha: true },
    'weights over real steps': { maskedAlpha: true },
    'a class in every run': { targetInput: true },
    'a contrast': { target: 'left', against: 'right' },
    'what speaks against': { negative: true, relu: false },
  };
  it('as an explainer with any option answers as the model it was made of', async () => {
    const wanted = await logits(source());
    for (const [name, asked] of Object.entries(same)) {
      const found = await logits(source(again(await explainer(asked))));
      assert.ok(relativeDifference(found, wanted) < 1e-6, name);
    }
    const converted = again(await engine.converted({ model: again(await explainer({ padding: 'mask' })) }));
    assert.ok(relativeDifference(await logits(source(converted)), wanted) < 1e-6, 'converted');
    const twice = (await engine.explainer({ model: converted, project: PROJECT, padding: 'mask' })).bytes;
    assert.ok(relativeDifference(await logits(source(again(twice))), wanted) < 1e-6, 'of an explainer');
  });

  it('as an explainer of the masked model takes its mask from the data', async () => {
    const model = again(await explainer({ maskedModel: true, padding: 'mask' }));
    for (const more of [{}, { mask: NONE }]) {
      const wanted = await logits(source(), { ...more, maskedModel: true });
      assert.ok(relativeDifference(await logits(source(model), more), wanted) < 1e-6);
    }
  });

  it('as an explainer that is fed otherwise names the model to open, in every command', async () => {
    const all = Object.keys(commands).filter((name) => name !== 'convert');
    for (const asked of [
      { maskedModel: true },
      { preprocess: true },
      { preprocess: true, padding: 'mask', maskedModel: true },
    ] as const)
      await opens(source(again(await explainer(asked))), all, INSTEAD);
  });

  it('as a masked model opens again in every command, or is used as it is', async () => {
    await opens(source(again((await engine.masked({ model: MODEL, project: PROJECT })).bytes)), MASKED);
    await opens(source(again((await engine.masked(source())).bytes)));
  });

  it('as a repaired model opens again in every command, or is used as it is', async () => {
    await opens(source(again(await repaired(false))));
    await opens(source(again(await repaired(true))), MASKED);
  });

  it('as a conversion opens again in every command, for one instance a run and for any number of steps', async () => {
    const lines = Array.from({ length: 20 * 12 }, (_, row) => {
      const [n, t] = [Math.floor(row / 12), row % 12];
      const values = Array.from({ length: 6 }, (__, f) => Math.sin((n + 1) * (f + 1) * (t + 1)).toFixed(4));
      return [`s${n}`, t, n % 2, ...values].join();
    });
    const csv = put('six.csv', `case,t,label,a,b,c,d,e,f\n${lines.join('\n')}\n`);
    for (const [name, classes] of [
      ['xcm_batch1', 3],
      ['fcn_free_time', 2],
    ] as const) {
      const model = again(await engine.converted({ model: fixture(`pt2/${name}.pt2`) }));
      const project = {
        classes: ['0', '1', '2'].slice(0, classes),
        preprocess: [{ pad: { to: 48, value: 0, side: 'end' } }],
      };
      const of = { model, data: csv, project: put(`${name}.json`, JSON.stringify(project)) };
      if (name === 'xcm_batch1') await opens(of);
      else await opens(of, ['explainer'], /any number of steps/);
    }
  });

  it('as a trained model opens again in every command, or is used as it is', async () => {
    await opens(await trained(false));
    await opens(await trained(true), MASKED);
  });
});
