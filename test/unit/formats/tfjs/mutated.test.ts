import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { readTfjs } from '../../../../src/formats/tfjs/readTfjs.ts';
import { Refusal } from '../../../../src/refusal.ts';
import { operatorCases, tfjsFolder } from '../../../fixtures/tfjs/fixtures.ts';
import { encoded, type Json } from './smallTfjs.ts';

describe('Mutated TensorFlow.js files', function () {
  this.timeout(60_000);

  const graphs = operatorCases()
    .filter((_, i) => i % 3 === 0)
    .map(({ model, shard }) => ({ json: model as unknown as Json, shard: Buffer.from(shard, 'base64') }));
  const layers = ['residual', 'sequential', 'nested', 'recurrent'].map((name) => {
    const at = (file: string) => readFileSync(join(tfjsFolder, `layers_${name}`, file));
    return { json: JSON.parse(at('model.json').toString()) as Json, shard: at('group1-shard1of1.bin') };
  });

  /** Reading gives a graph or a refusal; anything else is a defect. */
  const survives = (models: typeof graphs, runs: number) =>
    fc.assert(
      fc.property(
        fc.nat(models.length - 1),
        fc.array(fc.tuple(fc.nat(), odd), { minLength: 1, maxLength: 4 }),
        (which, changes) => {
          const { json, shard } = models[which]!;
          const mutated = changes.reduce<Json>((value, [place, put]) => replaced(value, place, put), json);
          try {
            readTfjs(encoded(mutated), () => shard);
          } catch (error) {
            if (!(error instanceof Refusal)) throw error;
          }
        },
      ),
      { numRuns: runs, seed: 7 },
    );

  it('of graph models', () => survives(graphs, 1500));
  it('of layers models', () => survives(layers, 800));
});

const odd: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, [], {}, '', 'x', '^x', ':', 'x:1', 'constructor', '__proto__', 'DT_BOOL'),
  fc.constantFrom<Json>(0, -1, 1, 2, 3, 0.5, 1e9, -1e9, 2 ** 31, 2 ** 53, 1e300, '-1', '99999999999'),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
);

/** One value of the tree, the place-th in its order, becomes another. */
function replaced(root: Json, place: number, put: Json): Json {
  const count = sizeOf(root);
  let left = place % count;
  const visit = (value: Json): Json => {
    if (left-- === 0) return put;
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, visit(inner)]));
  };
  return visit(root);
}

function sizeOf(value: Json): number {
  const inner = typeof value === 'object' && value !== null ? Object.values(value) : [];
  return 1 + inner.reduce<number>((sum, one) => sum + sizeOf(one), 0);
}
