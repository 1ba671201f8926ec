import assert from 'node:assert/strict';
import { newNetwork } from '../../../src/architectures/architectures.ts';
import { writeOnnx } from '../../../src/formats/onnx/writeOnnx.ts';
import type { Graph, GraphNode } from '../../../src/graph/graph.ts';
import { withParameters } from '../../../src/graph/parameters.ts';
import { renamedNode } from '../../../src/graph/renamed.ts';
import { float32, numbers } from '../../../src/graph/tensor.ts';
import { findParameters } from '../../../src/training/parameters.ts';
import { noiseCsv } from '../../fixtures/noiseCsv.ts';
import { engineIn } from '../engine/engineIn.ts';
import { refusal } from '../refusal.ts';

/** An FCN in which every node reads a rounded copy of some tensors. */
function rounding(names: readonly string[]): Graph {
  const graph = newNetwork('fcn', { features: 4, steps: 24, classes: 2 }, 1, 4);
  const nodes = graph.nodes.map((node) =>
    renamedNode(node, (name) =>
      names.includes(name) && node.inputs.includes(name) ? `${name} rounded` : name,
    ),
  );
  const round = (name: string): GraphNode => ({
    ...{ op: 'Round', domain: '', name: `round ${name}`, inputs: [name], outputs: [`${name} rounded`] },
    attributes: {},
  });
  const made = names.map(round);
  const before = made.filter(({ inputs: [name] }) => graph.constants.has(name!));
  const after = made.filter((one) => !before.includes(one));
  const all = [...before, ...nodes];
  for (const one of after)
    all.splice(all.findIndex(({ outputs }) => outputs.includes(one.inputs[0]!)) + 1, 0, one);
  const outputs = graph.outputs.map((one) =>
    names.includes(one.name) ? { ...one, name: `${one.name} rounded` } : one,
  );
  return { ...graph, nodes: all, outputs };
}

const output = (graph: Graph) => graph.outputs[0]!.name;
const maker = (graph: Graph, of: string) =>
  graph.nodes.find(({ inputs }) => inputs.includes(of))!.outputs[0]!;

/** Small weights round to 0, which leaves one answer to everything: refused for itself. */
function larger(graph: Graph, name: string): Graph {
  const small = graph.constants.get(name)!;
  const large = numbers(small).map((value) => 1000 * value);
  return withParameters(graph, [[name, float32(small.dims, large)]]);
}

describe('weights behind rounding', function () {
  this.timeout(20_000);
  const { engine, put } = engineIn('unreached');
  const kernel = (n: number) => `convblock${n}.0.weight`;

  it('are found by name: a rounded kernel, and all that lies before rounded activations', () => {
    const plain = rounding([]);
    assert.deepEqual(findParameters(plain, output(plain)).unreached, []);
    const fake = rounding([kernel(2)]);
    assert.deepEqual(findParameters(fake, output(fake)).unreached, [kernel(2)]);
    const cut = rounding([maker(plain, kernel(2))]);
    const { weights, unreached } = findParameters(cut, output(cut));
    assert.ok(unreached.includes(kernel(1)) && unreached.includes(kernel(2)), unreached.join());
    assert.ok(weights.includes(kernel(3)) && !weights.includes(kernel(1)));
    assert.deepEqual(
      [...weights, ...unreached].toSorted(),
      [...findParameters(plain, output(plain)).weights].toSorted(),
    );
  });

  it('are named by a repair that trains the others, and refused where no other is left', async () => {
    const data = put('noise.csv', noiseCsv({ instances: 60, labelled: true }));
    const project = put(
      'attribution.json',
      '{ "input": "NFT", "classes": ["left", "right"], "data": { "case": "case", "time": "t", "label": "label", "features": ["a", "b", "c", "d"] } }',
    );
    const train = put('train.csv', noiseCsv({ instances: 60, labelled: true, id: 'other', seed: 2 }));
    const asked = { data, train, project, arm: 'fine-tune', epochs: 1 } as const;
    const model = put('some.onnx', writeOnnx(larger(rounding([kernel(2)]), kernel(2))));
    const { found } = await engine.repair({ ...asked, model });
    const [tried] = found.candidates;
    assert.ok(tried && !('cannot' in tried));
    assert.match(
      tried.notes.join(' '),
      /^convblock2\.0\.weight lies behind an operator .* leaves it as it is\./,
    );
    const last = rounding([output(rounding([]))]);
    const none = put('none.onnx', writeOnnx(larger(last, 'fc.weight')));
    await assert.rejects(
      engine.repair({ ...asked, model: none }),
      refusal('cannot-repair', /Nothing is left that can be trained/),
    );
  });
});
