import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Explanation } from '../../../src/attribution/explanation.ts';
import { METHODS } from '../../../src/attribution/methods.ts';
import { writeNpz } from '../../../src/data/numpy/writeNpz.ts';
import type { ExplainRequest } from '../../../src/engine/requests.ts';
import { createEngine, type LocalEngine } from '../../../src/engine/service.ts';
import { elementCount, float32, int64 } from '../../../src/graph/tensor.ts';
import { Refusal } from '../../../src/refusal.ts';
import { type Feed, openExplainer, type RuntimeName, sameAs } from './explainerRun.ts';

const path = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
const EXPECTED = JSON.parse(readFileSync(path('exported/expected.json'), 'utf8')) as Record<
  string,
  { readonly shape: number[]; readonly x: number[] }
>;
const IN_ONE_GRAPH = METHODS.filter(({ kind }) => kind === 'graph').map(({ id }) => id);

async function explained(
  engine: LocalEngine,
  request: ExplainRequest,
  count: number,
): Promise<Explanation[]> {
  const all: Explanation[] = [];
  const instances = Array.from({ length: count }, (_, i) => i);
  for await (const batch of engine.explainMany(request, instances)) all.push(...batch);
  return all;
}

describe('explainer.onnx', function () {
  this.timeout(60_000);
  let engine: LocalEngine;
  let folder: string;
  before(() => {
    engine = createEngine();
    folder = mkdtempSync(join(tmpdir(), 'attribution-explainer-'));
  });
  after(async () => {
    await engine.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Three instances of a model's own input, the second and third with padding of their own. */
  function data(file: string): { data: string; x: Feed; length: Feed; count: number } {
    const { shape, x } = EXPECTED[file]!;
    const one = elementCount(shape) / shape[0]!;
    const values = Float32Array.from([
      ...x.slice(0, one),
      ...x.slice(0, one).map((v) => -v),
      ...x.slice(-one),
    ]);
    const dims = [3, ...shape.slice(1)];
    const lengths = [24, 15, 9];
    const path = join(folder, `${file}.npz`);
    writeFileSync(path, writeNpz({ x: float32(dims, values), lengths: int64([3], lengths) }));
    return {
      data: path,
      x: { type: 'float32', dims, values },
      length: { type: 'int64', dims: [3], values: lengths },
      count: 3,
    };
  }

  /** At every layer, each with the next method in turn. */
  for (const [i, file] of Object.keys(EXPECTED).entries()) {
    const runtimes: RuntimeName[] = /opset17|opset9/.test(file) ? ['node', 'wasm'] : ['node'];
    it(`gives the map of the extension: ${file}, ${runtimes.join(' and ')}`, async () => {
      const model = path(`exported/${file}`);
      const { layers, layout } = await engine.model({ model });
      const given = data(file);
      let shown = 0;
      const own = (await openExplainer(readFileSync(model))).inputs[0]!;
      for (const [k, { name }] of layers.entries()) {
        const method = IN_ONE_GRAPH[(i + k) % IN_ONE_GRAPH.length]!;
        const asked = { model, layer: name, method, relu: k % 2 === 0, maskedAlpha: k % 3 === 1 };
        const old = /opset(9|10)\./.test(file);
        const padding = old ? 'none' : 'length';
        if (old && asked.maskedAlpha) continue;
        let wanted: Explanation[];
        try {
          wanted = await explained(engine, { ...asked, data: given.data }, given.count);
        } catch (error) {
          // No gradient passes here: neither way.
          assert.ok(error instanceof Refusal);
          await assert.rejects(engine.explainer({ ...asked, padding }), { code: error.code });
          continue;
        }
        const { bytes } = await engine.explainer({ ...asked, padding });
        for (const runtime of runtimes) {
          const explainer = await openExplainer(bytes, runtime);
          const what = `${file} ${name} ${method} ${runtime} ${layout}`;
          assert.deepEqual(explainer.inputs, padding === 'length' ? [own, 'length'] : [own], what);
          const feeds = { [own]: given.x, ...(padding === 'length' && { length: given.length }) };
          const answers = await explainer.run(feeds).catch(async (error) => {
            // A model of one instance at a time says so in the shape of its input.
            assert.match(String(error), /Expected: 1/);
            return undefined;
          });
          for (const [n, explanation] of wanted.entries()) {
            const one = answers ?? (await explainer.run(single(feeds, n)));
            sameAs(one, answers ? n : 0, explanation, what);
            if (explanation.map.values.some((value) => value !== 0)) shown++;
          }
          await explainer.release();
        }
      }
      assert.ok(shown >= 2, `${shown} maps with something on them`);
    });
  }
});

function single(feeds: Readonly<Record<string, Feed>>, n: number): Record<string, Feed> {
  return Object.fromEntries(
    Object.entries(feeds).map(([name, { type, dims, values }]) => {
      const width = elementCount(dims.slice(1));
      return [
        name,
        { type, dims: [1, ...dims.slice(1)], values: [...values].slice(n * width, (n + 1) * width) },
      ];
    }),
  );
}
