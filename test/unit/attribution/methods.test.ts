import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Explanation } from '../../../src/attribution/explanation.ts';
import type { MethodOptions } from '../../../src/attribution/methodOptions.ts';
import { METHODS, type MethodId, methodNamed } from '../../../src/attribution/methods.ts';
import { targetTitle } from '../../../src/attribution/targetTitle.ts';
import type { ExplainRequest } from '../../../src/engine/requests.ts';
import { createEngine } from '../../../src/engine/service.ts';
import { relativeDifference } from '../../fixtures/reference.ts';

interface Reference {
  readonly instances: readonly {
    readonly case: string;
    readonly logits: readonly number[];
    readonly maps: readonly {
      readonly method: MethodId;
      readonly layer: string | null;
      readonly target: number;
      readonly against?: number;
      readonly negative?: boolean;
      readonly realOnly: boolean;
      readonly options: Partial<MethodOptions>;
      readonly map: readonly number[];
    }[];
  }[];
}

const tiny = join(import.meta.dirname, '../../fixtures/tiny');
const reference = JSON.parse(readFileSync(join(tiny, 'methods.json'), 'utf8')) as Reference;
const tinyRequest = {
  model: join(tiny, 'tiny.onnx'),
  data: join(tiny, 'long.csv'),
  project: join(tiny, 'attribution.json'),
};

describe('methods on the tiny model, against plain formulas in PyTorch', () => {
  const engine = createEngine();
  after(() => engine.dispose());

  const explain = (request: Partial<ExplainRequest>): Promise<Explanation> =>
    engine.explain({ ...tinyRequest, relu: false, ...request });

  it('has a reference for every method that the larger ones lack, on a padded instance', () => {
    const methods = new Set(reference.instances.flatMap(({ maps }) => maps.map(({ method }) => method)));
    const elsewhere = ['gradcam', 'hirescam'];
    assert.deepEqual([...methods, ...elsewhere].sort(), METHODS.map(({ id }) => id).sort());
  });

  for (const { case: id, maps } of reference.instances) {
    for (const method of new Set(maps.map((one) => one.method))) {
      it(`${id}: ${methodNamed(method).label}, with every option, contrast and class`, async () => {
        const instance = Number(id.replace('case', ''));
        for (const one of maps.filter((each) => each.method === method)) {
          const { layer, target, against, negative, realOnly, options } = one;
          const found = await explain({
            ...{ instance, method, target, against, negative, options, maskedAlpha: realOnly },
            layer: layer ?? undefined,
          });
          const what = JSON.stringify({ layer, target, against, negative, realOnly, options });
          // The sign of a principal component is free in the reference.
          const flip = method === 'eigencam' && product(one.map, found.native.values) < 0 ? -1 : 1;
          const wanted = one.map.map((value) => value * flip);
          const off = relativeDifference(found.native.values, wanted);
          assert.ok(off <= 1e-4, `${what}: off by ${off}`);
          assert.equal(found.how.maskedAlpha, realOnly);
          assert.equal(found.layer.name, layer ?? 'input');
        }
      });
    }
  }

  it('says what it explains, which options it used, and no others', async () => {
    const found = await explain({
      method: 'scorecam',
      target: 'left',
      against: 'right',
      options: { baseline: { kind: 'noise' }, samples: 7 },
    });
    assert.deepEqual(found.how.options, { baseline: { kind: 'noise' }, seed: 1 });
    assert.deepEqual(found.target.against, { index: 1, name: 'right' });
    assert.equal(targetTitle(found.target), 'for left − right');
    const plain = await explain({ method: 'hirescam', options: { samples: 7 }, maskedAlpha: true });
    assert.equal(plain.how.options, undefined);
    assert.equal(plain.how.maskedAlpha, false, 'HiResCAM sums nothing over positions');
    assert.equal((await explain({ method: 'saliency', relu: true })).how.relu, false);
  });

  it('sets a class against the most probable of the others', async () => {
    const asked = { method: 'gradcam', instance: 1 } as const;
    const runnerUp = await explain({ ...asked, against: 'runner-up' });
    const named = await explain({ ...asked, target: 'right', against: 'left' });
    assert.equal(runnerUp.target.against?.name, 'left');
    assert.deepEqual(runnerUp.native.values, named.native.values);
    const itself = await explain({ ...asked, target: 'right', against: 'right' });
    assert.equal(itself.findings.find(({ code }) => code === 'against-itself')?.severity, 'warning');
  });

  it('gives a map for every class with one scale of numbers, each as if asked for alone', async () => {
    for (const method of ['gradcam', 'layercam', 'ablationcam', 'occlusion', 'smoothgrad'] as const) {
      const { classMaps, prediction } = await explain({ method, everyClass: true, relu: true });
      assert.deepEqual(
        classMaps!.map(({ target }) => target.index),
        [prediction.predicted, 1 - prediction.predicted],
      );
      for (const { target, map, shares } of classMaps!) {
        const alone = await explain({ method, target: target.index, relu: true });
        assert.ok(relativeDifference(map.values, alone.map.values) <= 1e-5, `${method} ${target.name}`);
        assert.ok(Math.abs(shares.REAL.map - alone.shares.REAL.map) < 1e-5);
      }
    }
  });

  it('refuses options that make no sense, and instances that are not there', async () => {
    const refused = (options: Partial<MethodOptions>, code: string, method: MethodId = 'occlusion') =>
      assert.rejects(explain({ method, options }), { code });
    await refused({ window: { features: 0, steps: 5 } }, 'bad-option');
    await refused({ samples: 1e9 }, 'bad-option', 'smoothgrad');
    await refused({ replacement: { kind: 'instance', id: 'nobody' } }, 'no-such-instance');
    await assert.rejects(explain({ method: 'lime' as MethodId }), { code: 'unknown-method' });
  });

  it('reports what integrated gradients miss of the score', async () => {
    const few = await explain({ method: 'integrated-gradients', options: { samples: 1 } });
    const many = await explain({ method: 'integrated-gradients', options: { samples: 400 } });
    for (const { completeness, map } of [few, many]) {
      const sum = map.values.reduce((total, value) => total + value, 0);
      assert.ok(Math.abs(completeness!.sum - sum) < 1e-4);
    }
    const gap = ({ completeness }: Explanation) => Math.abs(completeness!.sum - completeness!.difference);
    assert.ok(gap(many) < 0.02 * Math.abs(many.completeness!.difference), `gap ${gap(many)}`);
    assert.ok(many.findings.some(({ code }) => code === 'completeness'));
    assert.ok(gap(few) > 0.05 * Math.abs(few.completeness!.difference), `gap ${gap(few)}`);
    assert.ok(
      few.findings.some(({ code, severity }) => code === 'completeness-gap' && severity === 'warning'),
    );
  });
});

function product(a: readonly number[], b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}
