import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from '../../../src/cli/main.ts';
import { readNpz } from '../../../src/data/numpy/readNpz.ts';
import { writeNpz } from '../../../src/data/numpy/writeNpz.ts';
import { createEngine } from '../../../src/engine/service.ts';
import { float32, numbers, type Tensor } from '../../../src/graph/tensor.ts';
import { relativeDifference } from '../../fixtures/reference.ts';

const exported = (name: string) => fileURLToPath(new URL(`../../fixtures/exported/${name}`, import.meta.url));
const expected: Record<string, { shape: number[]; x: number[]; y: number[] }> = JSON.parse(
  readFileSync(exported('expected.json'), 'utf8'),
);

describe('prepared .npz in the exact input shape, whatever the order of the axes', function () {
  this.timeout(30_000);
  const engine = createEngine();
  const folder = mkdtempSync(join(tmpdir(), 'attribution-shape-'));
  after(async () => {
    await engine.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const [file, { shape, x, y }] of Object.entries(expected)) {
    it(`${file} [${shape.join(', ')}]: the exporter's own answers`, async () => {
      const data = join(folder, 'x.npz');
      const out = join(folder, 'out.npz');
      writeFileSync(data, writeNpz({ x: float32(shape, x) }));
      const code = await main(['explain', exported(file), data, '--case', 'all', '--out', out], engine);
      assert.equal(code, 0);
      const answer = readNpz(readFileSync(out), out);
      const array = (name: string) => answer.get(name) as Tensor;
      assert.equal(array('map').dims[0], shape[0]);
      assert.equal(array('map').dims.at(-1), 24);
      assert.equal(array('map_native').dims.at(-1), array('positions').dims[1]);
      // A model's output is its logits, its probabilities or their logarithms; one with one output says the second of two classes.
      const one = y.length === shape[0];
      const says = (name: string) => numbers(array(name)).filter((_, at) => !one || at % 2 === 1);
      const [logits, probabilities] = [says('logits'), says('probabilities')];
      const difference = Math.min(
        ...[logits, probabilities, probabilities.map(Math.log)].map((form) => relativeDifference(form, y)),
      );
      assert.ok(difference <= 1e-4, `off by ${difference}`);
    });
  }
});
