import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../../src/cli/main.ts';
import { readNpz } from '../../../src/data/numpy/readNpz.ts';
import { writeNpz } from '../../../src/data/numpy/writeNpz.ts';
import { createEngine } from '../../../src/engine/service.ts';
import { elementCount, numbers, type Tensor } from '../../../src/graph/tensor.ts';
import { modelCard, reference, referenceModels, relativeDifference } from '../../fixtures/reference.ts';
import { referenceFile } from '../../fixtures/referenceFile.ts';

const methods = [
  { words: ['--method', 'gradcam', '--no-relu'], key: 'gradcam' },
  { words: ['--method', 'gradcam'], key: 'gradcam_relu' },
  { words: ['--method', 'gradcam', '--no-relu', '--masked-alpha'], key: 'gradcam_maskalpha' },
  { words: ['--method', 'hirescam', '--no-relu'], key: 'hirescam' },
];

describe('explain --case all --format npz against the references, instance by instance', function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'attribution-cli-'));
  const engine = createEngine();
  after(async () => {
    await engine.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const [model, files] of Object.entries(referenceModels)) {
    for (const file of files) {
      it(file, async () => {
        const card = modelCard(model);
        const ref = reference(model);
        const data = join(folder, `${file}.x.npz`);
        writeFileSync(data, writeNpz({ x: ref('x'), lengths: ref('L') }));
        const targets = numbers(ref('targets'));
        // Every layer and method is compared in test/unit/attribution; here it is the way through the command line.
        const layers = Object.entries(card.onnx[file]?.layers ?? {});
        for (const [module, { tensor }] of [layers[0]!, layers.at(-1)!]) {
          for (const { words, key } of methods) {
            const expected = ref(`${module}|${key}`);
            // Every class once; that a class changes nothing else is the same for all methods.
            for (const target of ['predicted', ...(key === 'gradcam' ? new Set(targets) : [])]) {
              const out = join(folder, 'maps.npz');
              const asked = ['explain', referenceFile(file), data, '--case', 'all', '--layer', tensor];
              const code = await main([...asked, ...words, '--class', `${target}`, '--out', out], engine);
              assert.equal(code, 0);
              const arrays = readNpz(readFileSync(out), out);
              const array = (name: string) => arrays.get(name) as Tensor;
              assert.ok(relativeDifference(numbers(array('logits')), numbers(ref('logits'))) <= 1e-4);
              assert.deepEqual(numbers(array('lengths')), numbers(ref('L')));
              compare(array('map'), array('map_native'), expected, targets, target, `${module} ${key}`);
            }
          }
        }
      });
    }
  }
});

/** Row n of the answer against [n, column] of the reference, wherever that column is about the class asked for. */
function compare(
  map: Tensor,
  native: Tensor,
  expected: Tensor,
  targets: readonly number[],
  target: string | number,
  what: string,
): void {
  const [instances = 0, columns = 0, ...positions] = expected.dims;
  assert.deepEqual(native.dims, [instances, ...positions], what);
  assert.deepEqual(map.dims, [instances, ...positions], what);
  const size = elementCount(positions);
  for (let n = 0; n < instances; n++) {
    for (let column = 0; column < columns; column++) {
      if (target === 'predicted' ? column !== 0 : targets[n * columns + column] !== target) {
        continue;
      }
      const at = (n * columns + column) * size;
      const wanted = expected.data.subarray(at, at + size) as Float32Array;
      for (const raster of [map, native]) {
        const difference = relativeDifference(
          raster.data.subarray(n * size, (n + 1) * size) as Float32Array,
          wanted,
        );
        assert.ok(difference <= 1e-4, `${what}, instance ${n}, class ${target}: off by ${difference}`);
      }
    }
  }
}
