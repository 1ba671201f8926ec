import { readFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import type { Graph } from '../../../../src/graph/graph.ts';
import { float32 } from '../../../../src/graph/tensor.ts';
import { referenceFile } from '../../../fixtures/referenceFile.ts';
import { asked, type BadCase, file, goodQuestion, model, tiny } from './ask.ts';

const lastNode = (graph: Graph) => graph.nodes.at(-1)!;
const output = (graph: Graph) => graph.outputs[0]!.name;

export const badModels: readonly BadCase[] = [
  { what: 'no such model', ask: asked({ model: tiny('nothing.onnx') }), sentence: /nothing\.onnx/ },
  ...badWeights(),
  {
    what: 'PyTorch checkpoint',
    ask: file('bad.pt', zipSync({ 'archive/data.pkl': new Uint8Array(5) })),
    sentence: /onnx/i,
  },
  { what: 'garbage for a model', ask: file('bad.onnx', 'this is no model at all'), sentence: /bad\.onnx/ },
  {
    what: 'truncated model',
    ask: (at) => file('bad.onnx', readFileSync(goodQuestion.model).subarray(0, 3000))(at),
    sentence: /bad\.onnx/,
  },
  { what: 'empty model', ask: file('bad.onnx', ''), sentence: /bad\.onnx/ },
  {
    what: 'unknown operator',
    ask: model((graph) => ({
      ...graph,
      nodes: graph.nodes.map((node) => (node.op === 'Concat' ? { ...node, op: 'Frobnicate' } : node)),
    })),
    sentence: /Frobnicate/,
  },
  {
    what: 'an output per feature, step and channel, not per class',
    ask: model((graph) => ({
      ...graph,
      outputs: [
        { name: graph.nodes.find(({ op }) => op === 'Relu')!.outputs[0]!, dtype: 'float32', dims: [] },
      ],
    })),
    sentence: /one value per class/,
  },
  {
    what: 'NaN logits',
    ask: model((graph) => {
      const last = lastNode(graph);
      const logits = `${last.outputs[0]}_nan`;
      return {
        ...graph,
        constants: new Map([...graph.constants, ['nan', float32([1], [Number.NaN])]]),
        nodes: [
          ...graph.nodes,
          {
            op: 'Mul',
            domain: '',
            name: 'poison',
            inputs: [output(graph), 'nan'],
            outputs: [logits],
            attributes: {},
          },
        ],
        outputs: [{ ...graph.outputs[0]!, name: logits }],
      };
    }),
    sentence: /NaN.*not finite/,
  },
  {
    what: 'two inputs',
    ask: model((graph) => ({
      ...graph,
      inputs: [...graph.inputs, { name: 'mask', dtype: 'float32', dims: [1] }],
    })),
    sentence: /2 inputs/,
  },
  {
    what: 'an operator without a gradient on the way',
    ask: (at) => ({ layer: 'conv2dblock', method: 'gradcam', ...withHardmax(at) }),
    sentence: /does not rest on it, or through steps.*need no gradient.*Occlusion/,
  },
];

function badWeights(): BadCase[] {
  return [
    {
      what: 'external weights that are not there',
      ask: withWeights(),
      sentence: /inceptiontime_content\.dynamo\.onnx\.data.*does not exist/,
    },
    {
      what: 'external weights outside the folder',
      ask: withWeights('../../../../../etc/passwd'),
      sentence: /outside its own folder/,
    },
    { what: 'external weights by absolute path', ask: withWeights('/etc/passwd'), sentence: /outside/ },
  ];
}

/** A model with external weights, its reference to them bent to another place of the same length. */
function withWeights(location?: string): BadCase['ask'] {
  return (at) => {
    const name = 'inceptiontime_content.dynamo.onnx';
    let text = readFileSync(referenceFile(name)).toString('latin1');
    if (location !== undefined) {
      text = text.replaceAll(`${name}.data`, location.padEnd(name.length + 5, 'x'));
    }
    return file('bad.onnx', Buffer.from(text, 'latin1'))(at);
  };
}

/** A model whose last activation lets no gradient pass. */
export const withHardmax = model((graph) => {
  const last = graph.nodes.findLast(({ op }) => op === 'Relu');
  return {
    ...graph,
    nodes: graph.nodes.map((node) => (node === last ? { ...node, op: 'Hardmax' } : node)),
  };
});
