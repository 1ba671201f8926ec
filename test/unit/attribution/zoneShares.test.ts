import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { explainPrepared } from '../../../src/attribution/explainInstances.ts';
import type { Zone } from '../../../src/attribution/explanation.ts';
import { openMethod } from '../../../src/attribution/methodSession.ts';
import { numbers } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { referenceFile } from '../../fixtures/referenceFile.ts';
import { openReference, preparedOf, readReference } from './referenceModel.ts';

interface ZoneShare {
  readonly n_all_zero: number;
  /** [REAL, MIXED, EMPTY] with 6 digits, in the order of the shipped instances. */
  readonly per_instance: readonly (readonly number[])[] | null;
}

type Audit = Readonly<
  Record<
    string,
    { readonly maps: Readonly<Record<string, { readonly zone_share: Readonly<Record<string, ZoneShare>> }>> }
  >
>;

const ZONES: readonly Zone[] = ['REAL', 'MIXED', 'EMPTY'];

describe('zone shares of the reference audit', () => {
  const audit = JSON.parse(readFileSync(referenceFile('audit_reference.json'), 'utf8')) as Audit;

  for (const [model, { maps }] of Object.entries(audit).filter(([, { maps }]) => perInstance(maps))) {
    it(`${model}: share of the map in each zone`, async function () {
      this.timeout(60_000);
      const runtime = await openOnnxRuntimeNode();
      const reference = readReference(model);
      const prepared = preparedOf(reference('x'), numbers(reference('L')));
      const { classifier, layers } = await openReference(`${model}.onnx`, model, runtime, prepared[0]!.steps);
      const cases = numbers(reference('case'));
      let compared = 0;
      for (const { name, layer } of layers.filter((one) => one.name in maps)) {
        for (const [key, relu] of [
          ['gradcam_relu', true],
          ['gradcam_abs', false],
        ] as const) {
          const { per_instance, n_all_zero } = maps[name]!.zone_share[key]!;
          if (n_all_zero > 0) continue;
          const options = { method: 'gradcam', relu, maskedAlpha: false } as const;
          const session = openMethod((graph) => runtime.load(graph), classifier, layer, options);
          const found = await explainPrepared({
            model: classifier,
            layer,
            options,
            session,
            prepared,
            target: -1,
          });
          for (const [i, { shares, map, native, findings }] of found.entries()) {
            assert.deepEqual(
              map.values,
              native.values,
              'one position per step: the numbers stay as they are',
            );
            assert.deepEqual(findings, []);
            for (const [z, zone] of ZONES.entries()) {
              const wanted = per_instance![cases[i]!]![z]!;
              assert.ok(
                Math.abs(shares[zone].map - wanted) < 5e-6,
                `${name} ${key} ${zone}: ${shares[zone].map} for ${wanted}`,
              );
            }
            compared++;
          }
          await session.dispose();
        }
      }
      assert.ok(compared > 0);
    });
  }
});

function perInstance(maps: Audit[string]['maps']): boolean {
  return Object.values(maps).every(({ zone_share }) => zone_share.gradcam_relu!.per_instance !== null);
}
