import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { readPt2 } from '../../../src/formats/pt2/readPt2.ts';
import { describeClassifier } from '../../../src/graph/classifier.ts';
import { LayoutQuestion } from '../../../src/graph/layoutQuestion.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';

const folder = join(import.meta.dirname, '../../fixtures/layouts');
const entries = unzipSync(readFileSync(join(folder, 'layouts.zip')));

interface Truth {
  readonly F: number;
  readonly T: number;
  readonly order: 'NFT' | 'NTF';
  readonly shown: boolean;
}

/** make.py says which axis is time; dense layers, norms, means and attention do the same along either. */
describe('which axis of the input is time', () => {
  const truths: Record<string, Truth> = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8'));
  let runtime: Runtime;
  before(async () => {
    runtime = await openOnnxRuntimeNode();
  });

  for (const [name, { F, T, order, shown }] of Object.entries(truths)) {
    it(`${name}: ${shown ? `${order} is seen` : 'is asked'}`, async () => {
      const own = Object.entries(entries).filter(([path]) => path.startsWith(`${name}/`));
      const described = describeClassifier(readPt2(zipSync(Object.fromEntries(own), { level: 0 })), runtime);
      if (shown) {
        const { input } = await described;
        assert.deepEqual([input.layout, input.features, input.steps], [order, F, T]);
        return;
      }
      const asked = await described.then(({ input }) => input.layout).catch((reason: unknown) => reason);
      assert.ok(asked instanceof LayoutQuestion, `taken for ${asked}`);
      assert.deepEqual(new Set(asked.ways.map(({ layout }) => layout)), new Set(['NFT', 'NTF']));
      const way = asked.ways.find(({ layout }) => layout === order);
      assert.equal(way?.means, `a series has ${F} features and ${T} steps`);
    });
  }
});
