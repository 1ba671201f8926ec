import { constantValues } from './constantValue.ts';
import type { Graph, GraphNode } from './graph.ts';
import { MASK_INPUT } from './masking/positionMask.ts';
import type { Modules } from './moduleOutputs.ts';
import { isAppended } from './modulePaths.ts';
import type { Track } from './receptive/track.ts';

/** Operators that belong together for a person: a convolution with what follows it alone. */
export interface Chain {
  readonly nodes: readonly GraphNode[];
  /** What each part is called, e.g. `Conv 2-D`, `BatchNorm`, `ReLU`, with its output tensor; first to last. */
  readonly parts: readonly { readonly op: string; readonly tensor: string }[];
  /** The last part's output. */
  readonly tensor: string;
  /** The same values after operators that only lay them out anew, up to where they are read. */
  readonly copies: readonly string[];
}

const RECURRENT = new Set(['LSTM', 'GRU', 'RNN']);

const HEADS: Readonly<Record<string, string>> = {
  Conv: 'Conv',
  ConvTranspose: 'Transposed conv',
  MatMul: 'Linear',
  Gemm: 'Linear',
  LSTM: 'LSTM',
  GRU: 'GRU',
  RNN: 'RNN',
  Concat: 'Concat',
  Add: 'Add',
  Sum: 'Add',
  Mul: 'Multiply',
  MaxPool: 'Max pool',
  AveragePool: 'Average pool',
};

/** What activations and normalisations are called. */
export const FOLLOWERS: Readonly<Record<string, string>> = {
  BatchNormalization: 'BatchNorm',
  InstanceNormalization: 'InstanceNorm',
  LayerNormalization: 'LayerNorm',
  GroupNormalization: 'GroupNorm',
  RMSNormalization: 'RMSNorm',
  Relu: 'ReLU',
  LeakyRelu: 'LeakyReLU',
  PRelu: 'PReLU',
  Elu: 'ELU',
  Selu: 'SELU',
  Celu: 'CELU',
  Gelu: 'GELU',
  Mish: 'Mish',
  Swish: 'SiLU',
  HardSwish: 'HardSwish',
  Sigmoid: 'Sigmoid',
  HardSigmoid: 'HardSigmoid',
  Shrink: 'Shrink',
  Softsign: 'Softsign',
  ThresholdedRelu: 'ThresholdedReLU',
  Tanh: 'Tanh',
  Softplus: 'Softplus',
  Clip: 'Clip',
};

const ACTIVATIONS = new Set(Object.values(FOLLOWERS).filter((name) => !name.endsWith('Norm')));

/** Change where values lie, not what they say. */
const RELAYS = new Set(['Squeeze', 'Unsqueeze', 'Reshape', 'Transpose', 'Identity', 'Cast', 'Dropout']);
/** What may lie between a convolution and its activation; a causal one is cut at its end. */
const STRUCTURAL = new Set([...RELAYS, 'Slice']);
const BIAS = new Set(['Add', 'Sub', 'Mul', 'Div']);

/** What chains are told from, beside the graph. */
interface ChainSource {
  readonly tracks: ReadonlyMap<string, Track>;
  readonly modules: Modules;
  dims(tensor: string): readonly number[] | undefined;
  /** Whether a tensor can be read as a layer. */
  isLayer(tensor: string): boolean;
  /** Whether that is laid out with the instances first, as most readers have it. */
  isPlain(tensor: string): boolean;
}

/** The chains of a graph, in its order; each operator lies in one at most. */
export function findChains(graph: Graph, { tracks, modules, dims, isLayer, isPlain }: ChainSource): Chain[] {
  const readers = new Map<string, GraphNode[]>();
  // Who only asks for the shape (an exporter's Reshape does) does not count.
  for (const node of graph.nodes.filter((node) => node.outputs.some((name) => tracks.has(name)))) {
    for (const name of new Set(node.inputs)) readers.set(name, [...(readers.get(name) ?? []), node]);
  }
  const makers = new Map(graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  const outputs = new Set(graph.outputs.map((output) => output.name));
  const constants = constantValues(graph);
  const given = new Map(
    [...modules.outputs].map(([name, { tensor }]) => [tensor, name.replace(/#\d+$/, '')]),
  );
  const soleReader = (tensor: string) => {
    const all = readers.get(tensor) ?? [];
    return all.length === 1 && !outputs.has(tensor) ? all[0] : undefined;
  };
  const tracked = (node: GraphNode) => node.inputs.filter((name) => tracks.has(name)).length;
  const taken = new Set<GraphNode>();
  const chains: Chain[] = [];
  for (const node of graph.nodes) {
    const tensor = node.outputs[0] ?? '';
    const op =
      taken.has(node) || !isLayerLike(tensor)
        ? undefined
        : (maskedRecurrence(node) ?? headName(node, tracked(node), tracks));
    if (op === undefined) continue;
    const chain = follow({ op, tensor, node });
    if (isLayer(chain.tensor) && !isInner(chain)) chains.push(chain);
  }
  return chains;

  function follow(head: { op: string; tensor: string; node: GraphNode }): Chain {
    const parts = [{ op: head.op, tensor: head.tensor }];
    const nodes = [head.node];
    let passed: GraphNode[] = [];
    for (let at = head.tensor; ; ) {
      const gate = soleReader(at) ? undefined : selfGate(at, readers, tracks);
      const next = gate?.at(-1) ?? soleReader(at);
      const output = next?.outputs[0];
      if (next === undefined || output === undefined || taken.has(next)) break;
      const named = gate ? gateName(gate) : followerName(next, tracked(next));
      const own = [parts.at(-1)!.tensor, ...passed.map((node) => node.outputs[0]!)];
      const isPart =
        named !== '' ||
        isMask(next) ||
        !(isActivation(parts.findLast(({ op }) => op !== '')!.op) || varies(next) || leaves(own, next));
      const op = isPart ? named : undefined;
      // A mask belongs to the part it lies on; behind what lays the values out anew it makes no layer of it.
      const isMaskAgain = isMask(next) && (passed.length > 0 || isAppended(next));
      if (op !== undefined && isLayerLike(output) && !isMaskAgain) {
        parts.push({ op, tensor: output });
        nodes.push(...passed, ...(gate ?? [next]));
        passed = [];
      } else if (isMaskAgain || STRUCTURAL.has(next.op)) {
        passed.push(next);
        if (!isMaskAgain && isLayer(output) && isBetter(parts.at(-1)!.tensor, nodes.at(-1)!, next)) {
          parts.push({ op: '', tensor: output });
          nodes.push(...passed);
          passed = [];
        }
      } else {
        break;
      }
      at = output;
    }
    for (const node of nodes) taken.add(node);
    return {
      nodes,
      parts: parts.filter((part) => part.op !== ''),
      tensor: parts.at(-1)!.tensor,
      copies: passed.every((node) => RELAYS.has(node.op) || isMask(node))
        ? passed.map((node) => node.outputs[0]!)
        : [],
    };
  }

  /** Fetches what belongs to each step, behind a recurrent layer: its last part where it is masked. */
  function maskedRecurrence({ op, inputs: [from] }: GraphNode): string | undefined {
    let made = op === 'GatherElements' ? makers.get(from!) : undefined;
    // Keras puts the state before the first step in front.
    while (made && (RELAYS.has(made.op) || made.op === 'Pad')) made = makers.get(made.inputs[0]!);
    return made && RECURRENT.has(made.op) ? `Masked ${made.op}` : undefined;
  }

  /** A step with the steps first inside a module that gives a layer of its own, as attention and recurrence are computed. */
  function isInner({ nodes, tensor, copies }: Chain): boolean {
    const next = soleReader([tensor, ...copies].at(-1)!);
    if (next && maskedRecurrence(next) && !isPlain(tensor)) return true;
    const around = modules.scopes(nodes[0]!).at(-1);
    const whole = around === undefined ? undefined : modules.outputs.get(around)?.tensor;
    if (whole === undefined || isPlain(tensor) || !isLayer(whole)) return false;
    return ![tensor, ...copies].some((name) => given.has(name));
  }

  /** Whether the same values laid out anew stand for the layer: where they can be drawn, or in its own module lie with the instances first. */
  function isBetter(than: string, maker: GraphNode, next: GraphNode): boolean {
    if (!isLayer(than)) return true;
    const [own, others] = [modules.scopes(maker), modules.scopes(next)];
    return !isPlain(than) && own.length === others.length && own.every((path, i) => path === others[i]);
  }

  /** Multiplies by a mask that we have put into the graph. */
  function isMask({ op, inputs }: GraphNode): boolean {
    return (
      op === 'Mul' &&
      inputs.some((name) => name === MASK_INPUT || (makers.has(name) && isAppended(makers.get(name)!)))
    );
  }

  /** Adds something that differs along more than one axis, as the encoding of positions does: no bias. */
  function varies(node: GraphNode): boolean {
    // A factor that is no constant may be a mask.
    const isKnown = (name: string) => constants.has(name) || (node.op === 'Add' && !tracks.has(name));
    return node.inputs.some(
      (name) =>
        isKnown(name) && (constants.get(name)?.dims ?? dims(name) ?? []).filter((dim) => dim > 1).length > 1,
    );
  }

  /** Whether what follows stands in the code around the module that gives this, and so is no part of it. */
  function leaves(tensors: readonly string[], next: GraphNode): boolean {
    const path = tensors.map((tensor) => given.get(tensor)).find((name) => name !== undefined);
    return path !== undefined && modules.scopes(next).every((around) => path.startsWith(`${around}.`));
  }

  function isLayerLike(tensor: string): boolean {
    const track = tracks.get(tensor);
    return track !== undefined && (track.field ?? track.merged?.field ?? null) !== null;
  }
}

function headName(node: GraphNode, tracked: number, tracks: ReadonlyMap<string, Track>): string | undefined {
  const name = HEADS[node.op] ?? FOLLOWERS[node.op];
  const joins = node.op === 'Concat' || BIAS.has(node.op) || node.op === 'Sum';
  if (name === undefined || (joins && tracked < 2)) return undefined;
  if (node.op === 'Conv' || node.op === 'ConvTranspose' || node.op.endsWith('Pool')) {
    return `${name} ${(tracks.get(node.outputs[0]!)?.roles.length ?? 2) - 2}-D`;
  }
  return name;
}

/** Behind which a number that is added or multiplied is no bias any more; a normalisation has its own still to come. */
function isActivation(name: string): boolean {
  return ACTIVATIONS.has(name);
}

/** '' for a part that has no name of its own, such as a bias added by a separate node. */
function followerName(node: GraphNode, tracked: number): string | undefined {
  if (tracked !== 1) return undefined;
  return FOLLOWERS[node.op] ?? (BIAS.has(node.op) ? '' : undefined);
}

const ELEMENTWISE = new Set([
  ...Object.keys(FOLLOWERS),
  ...BIAS,
  'Erf',
  'Pow',
  'Exp',
  'Neg',
  'Identity',
  'Cast',
]);

/** The nodes of an activation written out, such as x · sigmoid(x): from `tensor` they open and meet again in the last. */
function selfGate(
  tensor: string,
  readers: ReadonlyMap<string, readonly GraphNode[]>,
  tracks: ReadonlyMap<string, Track>,
): GraphNode[] | undefined {
  const inside = new Set([tensor]);
  const nodes: GraphNode[] = [];
  while (nodes.length < 12) {
    const open = [...inside]
      .flatMap((name) => readers.get(name) ?? [])
      .filter((node) => !nodes.includes(node));
    const next = open.find((node) => {
      const inputs = node.inputs.filter((name) => tracks.has(name));
      return ELEMENTWISE.has(node.op) && inputs.every((name) => inside.has(name));
    });
    if (next === undefined) return undefined;
    nodes.push(next);
    inside.add(next.outputs[0]!);
    const waiting = [...inside].filter((name) =>
      (readers.get(name) ?? []).some((node) => !nodes.includes(node)),
    );
    if (nodes.length > 1 && waiting.length <= 1 && (waiting[0] ?? next.outputs[0]) === next.outputs[0])
      return nodes;
  }
  return undefined;
}

function gateName(nodes: readonly GraphNode[]): string {
  const has = (op: string) => nodes.some((node) => node.op === op);
  if (has('Erf')) return 'GELU';
  if (has('Softplus')) return 'Mish';
  return has('Sigmoid') ? 'SiLU' : has('Tanh') ? 'GELU' : has('HardSigmoid') ? 'HardSwish' : 'Activation';
}
