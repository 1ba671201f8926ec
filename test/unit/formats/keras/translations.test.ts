import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { readNpz } from '../../../../src/data/numpy/readNpz.ts';
import { readKerasArchive, readLegacyH5 } from '../../../../src/formats/keras/readKeras.ts';
import type { Runtime } from '../../../../src/graph/runtime.ts';
import { numbers, type Tensor } from '../../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../../src/runtime/onnxRuntimeNode.ts';
import { relativeDifference } from '../../../fixtures/reference.ts';

const fixture = (name: string) => readFileSync(new URL(`../../../fixtures/keras/${name}`, import.meta.url));
const models = unzipSync(fixture('models.zip'));
const reference = readNpz(fixture('reference.npz'), 'reference.npz');

/** Made by make.py beside the models: every layer and option, with what Keras answers. */
describe('layers of Keras give what Keras gives', () => {
  let runtime: Runtime;
  before(async () => {
    runtime = await openOnnxRuntimeNode();
  });

  it('under names of their own: nodes are called otherwise than tensors, so that rewrites may name theirs after these', () => {
    const { nodes } = readKerasArchive(models['xcm.keras']!);
    const tensors = new Set(nodes.flatMap(({ outputs }) => outputs));
    assert.deepEqual(
      nodes.filter(({ name }) => tensors.has(name)).map(({ name }) => name),
      [],
    );
    assert.equal(new Set(nodes.map(({ name }) => name)).size, nodes.length);
  });

  it('for all of them', () => {
    assert.ok(Object.keys(models).length > 60);
  });

  for (const [file, bytes] of Object.entries(models)) {
    it(file, async () => {
      const [name, ending] = file.split('.') as [string, string];
      const graph = ending === 'h5' ? readLegacyH5(bytes) : readKerasArchive(bytes);
      const session = await runtime.load(graph);
      const found = await session.run({ [graph.inputs[0]!.name]: arrayOf(`${name}.x`) });
      await session.dispose();
      const output = found[graph.outputs[0]!.name]!;
      const wanted = arrayOf(`${name}.y`);
      assert.deepEqual(output.dims, wanted.dims);
      const difference = relativeDifference(numbers(output), numbers(wanted));
      assert.ok(difference <= 1e-4, `off by ${difference}`);
    });
  }
});

function arrayOf(name: string): Tensor {
  const array = reference.get(name);
  if (array === undefined || array.dtype === 'text') throw new Error(`reference.npz has no ${name}`);
  return array;
}
