import assert from 'node:assert/strict';
import { targetSeed } from '../../../src/attribution/targetSeed.ts';
import { GraphBuilder } from '../../../src/graph/builder.ts';
import type { Classifier } from '../../../src/graph/classifier.ts';
import { appendGradient } from '../../../src/graph/gradient/appendGradient.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import { liveNodes } from '../../../src/graph/liveNodes.ts';
import type { LoadedGraph, Runtime } from '../../../src/graph/runtime.ts';
import { float32, int64, numbers, type Tensor } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { openReference, readReference } from '../attribution/referenceModel.ts';
import { randomNumbers } from './opCase.ts';

const MODELS = [
  'fcn_content',
  'inceptiontime_content',
  'lstmfcn_content',
  'resnet_content',
  'xcm_content_w26',
  'jv_xcm',
];
const SAMPLES = 40;

describe('gradient at feature maps of whole models against finite differences', () => {
  for (const model of MODELS) {
    it(model, async function () {
      this.timeout(120_000);
      const runtime = await openOnnxRuntimeNode();
      const x = firstInstance(readReference(model)('x'));
      const { classifier, layers } = await openReference(`${model}.onnx`, model, runtime, x.dims[2]!);
      for (const { name, layer } of layers) {
        const errors = await errorsAt(runtime, classifier, layer.tensor, x);
        assert.ok(errors[SAMPLES / 2]! < 2e-3, `${name}: median error ${errors[SAMPLES / 2]}`);
        assert.ok(
          errors[Math.floor(SAMPLES * 0.9)]! < 2e-2,
          `${name}: 90th percentile ${errors[Math.floor(SAMPLES * 0.9)]}`,
        );
      }
    });
  }
});

/** |gradient − difference quotient| of the largest gradient, sorted, at random places of the feature map. */
async function errorsAt(
  runtime: Runtime,
  classifier: Classifier,
  tensor: string,
  x: Tensor,
): Promise<number[]> {
  const { graph, input, logits } = classifier;
  const { activation, gradient } = await gradientAt(runtime, classifier, tensor, x);
  const session = await runtime.load(cutAt(graph, tensor, logits));
  const needsInput = cutAt(graph, tensor, logits).inputs.some(({ name }) => name === input.name);
  const largest = gradient.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const random = randomNumbers(7);
  const errors: number[] = [];
  for (let sample = 0; sample < SAMPLES; sample++) {
    const at = Math.floor(random() * gradient.length);
    const logit = (by: number) =>
      firstLogit(
        session,
        { ...(needsInput ? { [input.name]: x } : {}), [tensor]: moved(activation, at, by) },
        logits,
      );
    const difference = await steadyQuotient(logit);
    errors.push(Math.abs(difference - gradient[at]!) / largest);
  }
  await session.dispose();
  return errors.sort((a, b) => a - b);
}

/**
 * Small steps drown in rounding, large ones cross the kinks of ReLUs: the quotient of two neighbouring step sizes that
 * agree best, whatever the gradient says.
 */
async function steadyQuotient(value: (by: number) => Promise<number>): Promise<number> {
  const quotients: number[] = [];
  for (const step of [0.02, 0.06, 0.2, 0.6]) {
    quotients.push(((await value(step)) - (await value(-step))) / (2 * step));
  }
  const pairs = quotients.slice(1).map((larger, i) => [quotients[i]!, larger] as const);
  const [one, two] = pairs.toSorted(([a, b], [c, d]) => Math.abs(a - b) - Math.abs(c - d))[0]!;
  return (one + two) / 2;
}

async function gradientAt(
  runtime: Runtime,
  { graph, shapes, input, logits }: Classifier,
  tensor: string,
  x: Tensor,
) {
  const builder = new GraphBuilder(graph);
  const target = builder.constant(int64([1], [0]));
  const seed = targetSeed(builder, logits, shapes.dims(logits)![1]!, { target });
  const name = appendGradient(builder, { shapes, from: { tensor: logits, gradient: seed }, at: tensor });
  const outputs = [name, tensor].map((output) => ({ name: output, dtype: 'float32', dims: [] }) as const);
  const session = await runtime.load(builder.build(outputs));
  const results = await session.run({ [input.name]: x });
  await session.dispose();
  assert.deepEqual(results[name]!.dims, results[tensor]!.dims);
  return { activation: results[tensor]!, gradient: numbers(results[name]!) };
}

/** The model from the feature map on, which becomes an input. */
function cutAt(graph: Graph, tensor: string, logits: string): Graph {
  const nodes = liveNodes(
    graph.nodes.filter((node) => !node.outputs.includes(tensor)),
    [logits],
  );
  const read = new Set(nodes.flatMap((node) => node.inputs));
  return {
    ...graph,
    nodes,
    inputs: [
      ...graph.inputs.filter(({ name }) => read.has(name)),
      { name: tensor, dtype: 'float32', dims: [] },
    ],
    outputs: [{ name: logits, dtype: 'float32', dims: [] }],
  };
}

async function firstLogit(
  session: LoadedGraph,
  feeds: Record<string, Tensor>,
  logits: string,
): Promise<number> {
  return Number((await session.run(feeds))[logits]!.data[0]);
}

function moved(source: Tensor, at: number, by: number): Tensor {
  const data = Float32Array.from(source.data as Float32Array);
  data[at]! += by;
  return float32(source.dims, data);
}

function firstInstance(x: Tensor): Tensor {
  const [, ...rest] = x.dims;
  return float32(
    [1, ...rest],
    Float32Array.from(x.data as Float32Array).slice(0, x.data.length / x.dims[0]!),
  );
}
