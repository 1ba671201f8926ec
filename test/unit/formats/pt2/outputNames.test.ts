import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { outputNames } from '../../../../src/formats/pt2/outputNames.ts';
import { readPt2 } from '../../../../src/formats/pt2/readPt2.ts';
import { describeClassifier } from '../../../../src/graph/classifier.ts';
import { numbers } from '../../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../../src/runtime/onnxRuntimeNode.ts';

// As torch.export of PyTorch 2.13 writes them.
const LEAF = '{"type": null, "context": null, "children_spec": []}';
const dict = (keys: string, children: string, type = 'builtins.dict') =>
  `{"type": "${type}", "context": ${JSON.stringify(keys)}, "children_spec": [${children}]}`;
const ordered = (...keys: string[]) => dict(JSON.stringify(keys), keys.map(() => LEAF).join());
const pair = `{"type": "builtins.tuple", "context": "null", "children_spec": [${LEAF}, ${LEAF}]}`;

describe('the names of what a program gives', () => {
  it('are the keys of its dict, else the places', () => {
    const of = (tree: string, count: number) => outputNames(`[1, ${tree}]`, count);
    assert.deepEqual(of(LEAF, 1), ['logits']);
    assert.deepEqual(of(ordered('aux', 'logits'), 2), ['aux', 'logits']);
    assert.deepEqual(of(pair, 2), ['output_0', 'output_1']);
    const nested = dict('["z", "h"]', `${pair}, ${ordered('logits')}`, 'collections.OrderedDict');
    assert.deepEqual(of(nested, 3), ['z.0', 'z.1', 'h.logits']);
    assert.deepEqual(of(dict('[1, 2]', `${LEAF}, ${LEAF}`), 2), ['1', '2']);
    const factory = `{"type": "collections.defaultdict", "context": {"dict_context": ["a", "b"]}, "children_spec": [${LEAF}, ${LEAF}]}`;
    assert.deepEqual(of(factory, 2), ['a', 'b']);
  });

  it('are places where the tree cannot be read, never a word that is guessed', () => {
    const places = ['output_0', 'output_1'];
    for (const tree of [
      undefined,
      '[2, {}]',
      '[1,',
      `[1, ${LEAF}]`,
      `[1, ${dict('["a"]', `${LEAF}, ${LEAF}`)}]`,
      `[1, ${dict('["a.b", "a"]', `${LEAF}, ${ordered('b')}`)}]`,
      `[1, ${dict('["", null]', `${LEAF}, ${LEAF}`)}]`,
      `[${'['.repeat(1e5)}`,
    ])
      assert.deepEqual(outputNames(tree, 2), places, tree?.slice(0, 60));
    assert.deepEqual(outputNames(undefined, 1), ['output_0']);
  });

  it('say which of several is explained: the one that is called so', async () => {
    const fixture = readFileSync(join(import.meta.dirname, '../../../fixtures/pt2/free_time.pt2'));
    const entries = unzipSync(fixture);
    const path = Object.keys(entries).find((name) => name.endsWith('models/model.json'))!;
    const text = new TextDecoder().decode(entries[path]);
    const runtime = await openOnnxRuntimeNode();
    const explained = async (...keys: string[]) => {
      const program = JSON.parse(text);
      const { signature, graph, module_call_graph: calls } = program.graph_module;
      const [{ user_output: last }] = signature.output_specs;
      const made = graph.nodes.at(-1).outputs[0].as_tensor.name;
      assert.equal(last.arg.as_tensor.name, made);
      // The first is the answer times two, by an operator of its own.
      graph.nodes.push({
        ...{ target: 'torch.ops.aten.add.Tensor', metadata: {} },
        inputs: ['self', 'other'].map((name) => ({ name, arg: { as_tensor: { name: made } }, kind: 1 })),
        outputs: [{ as_tensor: { name: 'twice' } }],
      });
      graph.tensor_values.twice = graph.tensor_values[made];
      const given = (name: string) => ({ user_output: { arg: { as_tensor: { name } } } });
      signature.output_specs = [given('twice'), given(made)];
      calls[0].signature.out_spec = `[1, ${keys.length > 0 ? ordered(...keys) : pair}]`;
      const changed = { ...entries, [path]: new TextEncoder().encode(JSON.stringify(program)) };
      const found = await describeClassifier(readPt2(zipSync(changed, { level: 0 })), runtime, {
        layout: 'NFT',
        steps: 24,
      });
      const values = numbers(found.shapes.outputs[found.logits]!);
      return { says: found.findings.map(({ sentence }) => sentence).join(' '), first: values[0]! };
    };
    const dicts = await explained('aux', 'logits');
    const twice = await explained('logits', 'aux');
    assert.match(dicts.says, /outputs "logits" is explained; aux is not looked at/);
    assert.match(twice.says, /outputs "logits" is explained; aux is not looked at/);
    assert.ok(Math.abs(twice.first - 2 * dicts.first) < 1e-5 && Math.abs(dicts.first) > 1e-4);
    assert.match((await explained()).says, /outputs "output_0" is explained; output_1 is not looked at/);
    assert.match((await explained('x', 'z')).says, /outputs "output_0" is explained; z is not looked at/);
  });
});
