import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readNpz } from '../../../src/data/numpy/readNpz.ts';
import type { OverviewRequest } from '../../../src/engine/requests.ts';
import { createEngine, type LocalEngine } from '../../../src/engine/service.ts';
import { alignments, type Overview, scales } from '../../../src/overview/overview.ts';
import { writeProject } from '../../fixtures/projectFile.ts';
import { modelCard, relativeDifference } from '../../fixtures/reference.ts';
import { referenceFile } from '../../fixtures/referenceFile.ts';

const file = fileURLToPath(new URL('../../fixtures/overview/xcm_content_w26.npz', import.meta.url));

describe('Overviews of reference models', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'attribution-overview-'));
  let engine: LocalEngine;
  before(() => {
    engine = createEngine();
  });
  after(async () => {
    await engine.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  const of = (model: string, more: Partial<OverviewRequest>): Promise<Overview> =>
    engine.overview({
      model: referenceFile(`${model}.onnx`),
      data: referenceFile('padded30/padded30_content.csv'),
      project: writeProject(folder, modelCard(model), { named: true }),
      ...more,
    });

  describe('what numpy makes of Captum’s maps (test/fixtures/overview/make_reference.py)', () => {
    const arrays = readNpz(readFileSync(file), 'xcm_content_w26.npz');
    const expected = (key: string) => {
      const array = arrays.get(key);
      assert.ok(array && array.dtype !== 'text', key);
      return Array.from(array.data as ArrayLike<number | bigint>, Number);
    };

    for (const layer of ['conv2dblock', 'conv1d']) {
      it(`${layer}: mean, standard error and count in every alignment and scale`, async () => {
        const instances = expected('case');
        const { groups, ...overview } = await of('xcm_content_w26', { layer, instances });
        assert.deepEqual(
          overview.instances.map(({ predicted, length }) => [predicted, length]),
          expected('predicted').map((predicted, i) => [predicted, expected('length')[i]]),
        );
        const named = { all: groups[0]!, label0: groups.find(({ by }) => by === 'label')! };
        assert.equal(named.label0.name, 'bump_f02');
        for (const alignment of alignments) {
          for (const scale of scales) {
            for (const [name, { maps }] of Object.entries(named)) {
              const key = `${layer}|${alignment}|${scale}|${name}`;
              const map = maps[alignment][scale];
              // The reference has columns for the longest of all, whether the group reaches there or not.
              const columns = expected(`${key}|n`).length;
              const from = alignment === 'end' ? columns - map.columns : 0;
              const cut = (values: number[]) =>
                values.filter((_, i) => i % columns >= from && i % columns < from + map.columns);
              assert.deepEqual([...map.n], cut(expected(`${key}|n`)), key);
              agree(map.mean, cut(expected(`${key}|mean`)), `${key} mean`);
              agree(map.error, cut(expected(`${key}|error`)), `${key} error`);
            }
          }
        }
        if (layer === 'conv1d') return;
        agree(overview.importance, expected(`${layer}|importance`), 'importance');
        for (const scale of scales) {
          const values = new Float32Array(30);
          for (const { feature, value } of named.all.ranking![scale].features) values[feature] = value;
          agree(values, expected(`${layer}|ranking|${scale}`), `ranking ${scale}`);
        }
      });
    }
  });

  const tellers: readonly [string, Partial<OverviewRequest>][] = [
    ['xcm_content_w131', { layer: 'conv2dblock', method: 'hirescam', relu: false }],
    ['xcm_content_w26', { method: 'gradient-input' }],
  ];
  for (const [model, request] of tellers) {
    it(`${model}, ${request.method}: the two features that carry the bump first, each in its class`, async () => {
      const { groups, features } = await of(model, request);
      const first = (by: string, name: string) => {
        const group = groups.find((each) => each.by === by && each.name === name)!;
        return group.ranking!.normalised.features;
      };
      const two = first('all', 'all instances').slice(0, 2);
      assert.deepEqual(two.map(({ feature }) => features![feature]).sort(), ['f02', 'f05']);
      for (const { ranks, interval } of two) {
        assert.ok(ranks![1] <= 2);
        assert.ok(interval![0] > 1.5 / 30, 'well above an even share');
      }
      for (const by of ['label', 'predicted']) {
        for (const [name, feature] of [
          ['bump_f02', 'f02'],
          ['bump_f05', 'f05'],
        ] as const) {
          const [best] = first(by, name);
          assert.equal(features![best!.feature], feature, `${by} ${name}`);
          assert.deepEqual(best!.ranks, [1, 1]);
        }
      }
    });
  }

  it('take a free time axis, where maps differ in length and nothing is padded', async () => {
    const { mean, std } = modelCard('xcm_content_w26').standardization;
    const card = { ...modelCard('xcm_content_w26'), standardization: { mean, std } };
    const project = writeProject(folder, card, { padTo: 1 });
    const overview = await of('xcm_content_w26', {
      ...{ model: referenceFile('xcm_content_w26.dynT.onnx'), project, layer: 'conv2dblock' },
      instances: [9, 50, 0],
    });
    assert.deepEqual(
      overview.instances.map(({ length, paddedPositions }) => [length, paddedPositions]),
      [
        [27, 0],
        [20, 0],
        [130, 0],
      ],
    );
    const { n } = overview.groups[0]!.maps.start.raw;
    assert.deepEqual([n.length, n[0], n[19], n[20], n[26], n[27]], [130, 3, 3, 2, 2, 1]);
  });
});

/** Equal to 1e-4 of the greatest value, and not a number at the same places. */
function agree(actual: ArrayLike<number>, expected: readonly number[], what: string): void {
  assert.deepEqual(
    Array.from(actual, Number.isNaN),
    expected.map(Number.isNaN),
    `${what}: where nothing reaches`,
  );
  const filled = (values: ArrayLike<number>) =>
    Array.from(values, (value) => (Number.isNaN(value) ? 0 : value));
  const difference = relativeDifference(filled(actual), filled(expected));
  assert.ok(difference < 1e-4, `${what}: ${difference}`);
}
