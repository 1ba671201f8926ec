import type { Finding } from '../../finding.ts';
import { GraphBuilder } from '../../graph/builder.ts';
import type { Graph, ValueInfo } from '../../graph/graph.ts';
import { Refusal } from '../../refusal.ts';
import { flatten, isValue } from './given.ts';
import {
  type KerasDialect,
  type KerasGiven,
  LayerContext,
  type Shared,
  type Weights,
} from './layerContext.ts';
import { layerRules } from './layers/registry.ts';
import type { KerasArgument, KerasCall, KerasLayer, KerasModel } from './model.ts';
import { dtypeOf, inputInfo } from './modelInput.ts';
import { callOrder } from './order.ts';
import type { LayerValue } from './value.ts';

/** Opset 18 has everything needed, and all runtimes know it. */
const OPSET = 18;
const IR_VERSION = 8;
const HALF_AS_FLOAT: Finding = {
  code: 'half-precision',
  severity: 'info',
  sentence:
    'The model computes in half precision where it was trained and in float32 here, so its numbers differ a little.',
};

interface KerasOptions {
  /** Who wrote the model, e.g. `keras 3.15.1`. */
  readonly producer: string;
  readonly dialect: KerasDialect;
}

/**
 * A Keras model as an ONNX graph. Nodes bear the path of their layer (`block/conv1/Conv_3`), so that layers are found
 * again by their names; outputs bear the name of the layer that gives them.
 * @param weights of each layer of `model`, see `weightsByPath` and `weightsInOrder`.
 * @throws Refusal `unsupported-layer`, `weights-missing`, `weights-mismatch`, `broken-model`, `model-too-big`.
 */
export function kerasGraph(model: KerasModel, weights: Weights, options: KerasOptions): Graph {
  const empty = {
    opset: OPSET,
    irVersion: IR_VERSION,
    producer: options.producer,
    nodes: [],
    constants: new Map(),
    inputs: [],
    outputs: [],
  };
  const builder = new GraphBuilder(empty, '');
  const writer = new ModelWriter(builder, weights, options.dialect);
  const inputs = model.inputs.map((reference) => {
    const layer = model.layers.find(({ name }) => name === reference.layer)!;
    const { info, value } = inputInfo(layer);
    builder.input(info);
    return value;
  });
  const outputs = writer.run(model, inputs, '');
  const taken = new Set(inputs.map(({ tensor }) => tensor));
  const infos = outputs.map((output, i): ValueInfo => {
    const plain = writer.plain(output);
    let { layer: name } = model.outputs[i]!;
    while (taken.has(name)) name = `${name}_output`;
    taken.add(name);
    builder.scope = '';
    const dims = plain.dims.map((dim, axis) => dim ?? (axis === 0 ? 'batch' : null));
    return { name: builder.rename(plain.tensor, name), dtype: plain.dtype, dims };
  });
  const graph = builder.build(infos);
  return writer.halves ? { ...graph, findings: [HALF_AS_FLOAT] } : graph;
}

/** Writes the layers of a model, and of the models inside it. */
class ModelWriter {
  /** Whether a layer computes in half precision. */
  halves = false;
  readonly #shared: Shared = { turned: new Map(), unmasked: new Set() };

  constructor(
    readonly builder: GraphBuilder,
    readonly weights: Weights,
    readonly dialect: KerasDialect,
  ) {}

  plain(value: LayerValue): LayerValue {
    return new LayerContext(this.builder, noLayer, this.weights, this.dialect, this.#shared).plain(value);
  }

  /** @param path of the model, with a slash behind it; '' for the outermost. */
  run(model: KerasModel, inputs: readonly LayerValue[], path: string): LayerValue[] {
    const made = new Map<string, readonly LayerValue[]>();
    const key = (layer: string, node: number) => `${node} ${layer}`;
    for (const [i, { layer, node }] of model.inputs.entries()) {
      const input = inputs[i];
      if (input === undefined) {
        throw new Refusal(
          'broken-model',
          `The model "${model.name}" takes ${model.inputs.length} inputs, but gets ${inputs.length}.`,
        );
      }
      made.set(key(layer, node), [input]);
    }
    const find = ({ layer, node, index }: KerasModel['outputs'][number]): LayerValue => {
      const value = made.get(key(layer, node))?.[index];
      if (value === undefined) {
        throw new Refusal(
          'broken-model',
          `The model takes output ${index} of call ${node} of the layer "${layer}", which does not exist.`,
        );
      }
      return this.#shared.unmasked.has(value.tensor) ? { ...value, mask: undefined } : value;
    };
    const given = (argument: KerasArgument): KerasGiven =>
      argument.kind === 'tensor'
        ? find(argument.from)
        : argument.kind === 'list'
          ? argument.items.map(given)
          : { setting: argument.value };
    for (const { layer, node } of callOrder(model)) {
      if (made.has(key(layer.name, node))) continue;
      const { args, kwargs }: KerasCall = layer.calls[node]!;
      const call = {
        args: args.map(given),
        kwargs: new Map([...kwargs].map(([name, argument]) => [name, given(argument)])),
      };
      made.set(key(layer.name, node), this.#call(layer, call, path));
    }
    return model.outputs.map(find);
  }

  #call(
    layer: KerasLayer,
    call: { args: readonly KerasGiven[]; kwargs: ReadonlyMap<string, KerasGiven> },
    path: string,
  ): LayerValue[] {
    // A slash in a name of Keras 2 would look like a layer within a layer.
    const own = `${path}${layer.name.replaceAll('/', '.')}`;
    const args = withMasks(call.args, call.kwargs.get('mask'));
    const [input] = flatten(args);
    if (layer.model !== undefined) {
      return this.run(layer.model, flatten(args), `${own}/`);
    }
    const dtype = dtypeOf(layer.config.get('dtype'));
    if (/^(int[48]|float8)/.test(dtype)) layer.config.refuse(`its weights are quantised (${dtype})`);
    this.halves ||= dtype.includes('float16');
    const rule = layerRules.get(layer.className);
    if (rule === undefined) throw unknown(layer);
    if (input === undefined) {
      throw new Refusal('broken-model', `${layer.config.title} is called without any input.`);
    }
    this.builder.scope = own;
    const context = new LayerContext(this.builder, layer, this.weights, this.dialect, this.#shared);
    const outputs = [rule.write(context, input, { ...call, args })].flat() as LayerValue[];
    for (const { dims } of outputs) context.bounded(dims);
    if (rule.mask === 'own') return outputs;
    return outputs.map((value) => ({ ...value, mask: rule.mask === 'keeps' ? input.mask : undefined }));
  }
}

const noLayer = {
  className: '',
  name: '',
  config: undefined,
  calls: [],
  trainable: true,
  variables: [],
  parts: new Map(),
} as unknown as KerasLayer;

/** What a call says about masks goes before what its inputs bring along. */
function withMasks(args: readonly KerasGiven[], mask: KerasGiven | undefined): readonly KerasGiven[] {
  const [first, ...others] = args;
  if (mask === undefined || first === undefined) return args;
  if (isValue(mask)) return [masked(first, mask), ...others];
  if (!Array.isArray(mask) || !Array.isArray(first)) return args;
  const masks: readonly KerasGiven[] = mask;
  return [first.map((one: KerasGiven, i) => masked(one, masks[i])), ...others];
}

function masked(given: KerasGiven, mask: KerasGiven | undefined): KerasGiven {
  return isValue(given) && mask !== undefined && isValue(mask) ? { ...given, mask: mask.tensor } : given;
}

function unknown({ className, config, name }: KerasLayer): Refusal {
  const why =
    className === 'Lambda' || className.includes('>')
      ? 'is code that is not in the file'
      : className.startsWith('op:')
        ? 'is an operation that is not supported'
        : 'is a layer that is not supported';
  const what = className.includes('>') ? `Layer "${name}" (${className})` : config.title;
  return new Refusal(
    'unsupported-layer',
    `${what} ${why}; export the model to ONNX where it was trained, e.g. with model.export("model.onnx", format="onnx").`,
  );
}
