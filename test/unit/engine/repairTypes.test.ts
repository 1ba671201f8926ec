import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readOnnx } from '../../../src/formats/onnx/readOnnx.ts';
import { writeOnnx } from '../../../src/formats/onnx/writeOnnx.ts';
import { int } from '../../../src/graph/attributes.ts';
import type { Graph, GraphNode, ValueInfo } from '../../../src/graph/graph.ts';
import { renamedNode } from '../../../src/graph/renamed.ts';
import { refusal } from '../refusal.ts';
import { engineIn } from './engineIn.ts';

const at = (path: string) => fileURLToPath(new URL(`../../fixtures/${path}`, import.meta.url));
const truth = '037_C_mixed_RES_freq';

const cast = (from: string, output: string, type: number): GraphNode => ({
  ...{ op: 'Cast', domain: '', name: '', inputs: [from], outputs: [output], attributes: { to: int(type) } },
});

/** The same network, its input or its answer of another type than its weights. */
function typed(graph: Graph, what: 'input' | 'output'): Graph {
  const [input, output] = [graph.inputs[0]!, graph.outputs[0]!];
  const inside = (name: string) => (name === (what === 'input' ? input : output).name ? 'in_float32' : name);
  const double = (info: ValueInfo): ValueInfo => ({ ...info, dtype: 'float64' });
  const nodes = graph.nodes.map((node) => {
    const read = renamedNode(node, inside);
    return { ...read, outputs: node.outputs.map(inside) };
  });
  return what === 'input'
    ? { ...graph, inputs: [double(input)], nodes: [cast(input.name, 'in_float32', 1), ...nodes] }
    : { ...graph, outputs: [double(output)], nodes: [...nodes, cast('in_float32', output.name, 11)] };
}

describe('repair of a model of other number types', () => {
  const { engine, put } = engineIn('types');
  const repair = (what: 'input' | 'output') => {
    const graph = readOnnx(readFileSync(at(`truth/${truth}/model.onnx`)));
    const [data, project] = [at(`truth/${truth}/test_30.npz`), at(`truth/${truth}/attribution.json`)];
    const model = put(`${what}.onnx`, writeOnnx(typed(graph, what)));
    return engine.repair({ model, data, project, arm: 'head', keep: true });
  };

  it('refits the layer before an answer that is cast to float64', async () => {
    const { found, model } = await repair('output');
    assert.equal(found.chosen, 'head');
    const { outputs, inputs } = readOnnx(model!);
    assert.deepEqual([inputs[0]!.dtype, outputs[0]!.dtype], ['float32', 'float64'], 'its answer stays');
  });

  it('refuses a model that takes float64', async () => {
    await assert.rejects(
      repair('input'),
      refusal('cannot-repair', /computes in float64; only float32 models are repaired/),
    );
  });
});
