import type { Graph } from '../../../graph/graph.ts';
import { liveNodes } from '../../../graph/liveNodes.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { namesRead } from '../../../graph/topology.ts';
import { Refusal } from '../../../refusal.ts';
import type { ModelJson } from '../modelJson.ts';
import { pairDilations } from './dilation.ts';
import { Emitter, OPSET } from './emitter.ts';
import { foldBias } from './foldBias.ts';
import { titleOf } from './nodeAttributes.ts';
import { type NodeDef, readNodes } from './nodeDef.ts';
import { isSupported, notSupported, RULES } from './operators.ts';
import { placeholder } from './placeholder.ts';
import { readSignature, type Signature } from './signature.ts';
import { constantOf, type NodeValue } from './value.ts';

const IR_VERSION = 8;
const MOST_AXES = 16;
const MOST_ELEMENTS = 2 ** 26;

/**
 * A TensorFlow graph as an ONNX graph. Only what the outputs rest on is looked at.
 * @throws Refusal `unsupported-operator`, `unsupported-model`, `unsupported-dtype` or `broken-model`.
 */
export function readGraphModel(model: ModelJson, weights: ReadonlyMap<string, Tensor>): Graph {
  const nodes = readNodes(model.topology);
  const signature = readSignature(model.signature, nodes);
  const live = liveDefs(nodes, signature);
  const unknown = live.find(({ op }) => !isSupported(op) && !SOURCES.has(op) && op !== 'NoOp');
  if (unknown !== undefined) throw notSupported(unknown);
  const emit = new Emitter();
  const values = lowerAll(live, signature, weights, emit);
  const outputs = signature.outputs.map(({ name, port }) => {
    const value = values.get(port.node)?.[port.port];
    if (value === undefined) {
      throw new Refusal('broken-model', `The output "${name}" is produced by nothing in the model.`);
    }
    return { name: emit.output(value, name), dtype: value.dtype, dims: value.shape };
  });
  const names = outputs.map(({ name }) => name);
  const kept = liveNodes(emit.nodes, names);
  const read = new Set([...kept.flatMap(namesRead), ...names]);
  return foldBias({
    opset: OPSET,
    irVersion: IR_VERSION,
    producer: model.producer,
    nodes: kept,
    constants: new Map([...emit.constants].filter(([name]) => read.has(name))),
    inputs: emit.inputs,
    outputs,
  });
}

const SOURCES = new Set(['Const', 'Placeholder', 'PlaceholderWithDefault']);

function lowerAll(
  nodes: readonly NodeDef[],
  signature: Signature,
  weights: ReadonlyMap<string, Tensor>,
  emit: Emitter,
): ReadonlyMap<string, readonly NodeValue[]> {
  const values = new Map<string, readonly NodeValue[]>();
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const weightOf = (node: NodeDef): Tensor => {
    const tensor = weights.get(node.name);
    if (tensor === undefined) {
      throw new Refusal(
        'broken-model',
        `The weightsManifest does not list the weight "${node.name}"; convert the model again.`,
      );
    }
    return tensor;
  };
  const outputs = new Set(signature.outputs.map(({ port }) => port.node));
  for (const node of pairDilations(nodes, outputs)) {
    emit.begin(node);
    const inputs = node.inputs.map(({ node: name, port }) => {
      const value = values.get(name)?.[port];
      if (value !== undefined) return value;
      const maker = byName.get(name);
      throw new Refusal(
        'unsupported-model',
        `${titleOf(node)} reads output ${port} of ${maker ? titleOf(maker) : `"${name}"`}, which is not supported; export the model to ONNX.`,
      );
    });
    const lowered =
      node.op === 'Const'
        ? constantOf(emit.weight(weightOf(node), node.name))
        : node.op === 'Placeholder'
          ? placeholder(node, signature, emit)
          : node.op === 'NoOp'
            ? []
            : ruleOf(node)({ node, inputs, emit });
    const made = Array.isArray(lowered) ? (lowered as readonly NodeValue[]) : [lowered as NodeValue];
    for (const value of made) bounded(node, value, inputs, emit);
    values.set(node.name, made);
  }
  return values;
}

/** Files may ask for anything: sizes no series has are refused before they are computed. */
function bounded(
  node: NodeDef,
  { shape, constant }: NodeValue,
  inputs: readonly NodeValue[],
  emit: Emitter,
): void {
  const sizes = shape.filter((size) => typeof size === 'number');
  const elements = sizes.reduce((product, size) => product * size, 1);
  if (shape.length > MOST_AXES || !(elements <= MOST_ELEMENTS) || sizes.some((size) => size < 0)) {
    const shown = `${shape.slice(0, MOST_AXES).join(', ')}${shape.length > MOST_AXES ? ', …' : ''}`;
    throw new Refusal(
      'model-too-big',
      `${titleOf(node)} gives the shape [${shown}], which no model of series has.`,
    );
  }
  const known = node.op === 'Const' || inputs.some((input) => input.constant?.data === constant?.data);
  if (constant && !known) emit.spend(constant);
}

function ruleOf(node: NodeDef) {
  // A placeholder with a default is one.
  return RULES[node.op === 'PlaceholderWithDefault' ? 'Identity' : node.op]!;
}

/** Nodes the outputs rest on. @throws Refusal `broken-model` for an output that is not there. */
function liveDefs(nodes: readonly NodeDef[], { outputs }: Signature): NodeDef[] {
  const needed = new Set(outputs.map(({ port }) => port.node));
  const names = new Set(nodes.map(({ name }) => name));
  const missing = [...needed].find((name) => !names.has(name));
  if (missing !== undefined) {
    throw new Refusal('broken-model', `The output "${missing}" is produced by nothing in the model.`);
  }
  const live: NodeDef[] = [];
  for (const node of nodes.toReversed()) {
    if (!needed.has(node.name)) continue;
    live.push(node);
    for (const { node: read } of node.inputs) needed.add(read);
  }
  return live.reverse();
}
