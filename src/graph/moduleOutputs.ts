import { listed } from '../format.ts';
import type { Graph, GraphNode } from './graph.ts';
import { isAppended, type ModulePaths } from './modulePaths.ts';

/** A tensor that a module gives. */
interface ModuleOutput {
  readonly tensor: string;
  /** Which of several it is, as a sentence; absent where the module gives this one alone. */
  readonly note?: string;
}

/** What can be said of a tensor before the layers are known. */
interface Told {
  /** Whether it rests on the values of the input. */
  readonly rests: (tensor: string) => boolean;
  /** Whether it can be read as a layer. */
  readonly usable: (tensor: string) => boolean;
}

/** What modules give. */
interface ModuleOutputs {
  /** By module path; more of a module under `path#2`, … */
  readonly outputs: ReadonlyMap<string, ModuleOutput>;
  /** Modules of which the file does not tell which tensor they give, with those it can be. */
  readonly unclear: ReadonlyMap<string, readonly string[]>;
}

/** The modules, and what leaves them. */
export type Modules = ModulePaths & ModuleOutputs;

/**
 * What the modules give, by their paths. Of a module with several outputs, or called several times, the first that can be
 * read as a layer bears the path, the others `path#2`, `path#3`, …: the first output of each call, then the rest. Weights
 * of an attention come after what was attended to. An optimised graph may have merged nodes of different modules, so
 * there several stay unclear.
 */
export function moduleOutputs(graph: Graph, paths: ModulePaths, told: Told): ModuleOutputs {
  const makers = new Map(graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  const outputs = new Map<string, ModuleOutput>();
  const unclear = new Map<string, readonly string[]>();
  for (const [path, calls] of leavingTensors(graph, paths, makers, told)) {
    const given = calls.map((tensors) => {
      const isWeights = (tensor: string) => weighs(tensor, makers);
      const features = tensors.filter((tensor) => !isWeights(tensor));
      const layers = features.filter(told.usable);
      const weights = tensors.filter((tensor) => isWeights(tensor) && told.usable(tensor));
      // Where what was attended to is no layer, its weights do not stand for it.
      return { layers, weights: layers.length || !features.length ? weights : [] };
    });
    const all = graph.traced
      ? inOrder(given.map(({ layers, weights }) => [...layers, ...weights]))
      : given.flatMap(({ layers, weights }) => (layers.length ? layers : weights));
    if (all.length > 1 && !graph.traced) {
      unclear.set(path, all);
      continue;
    }
    // Where none is a layer the name still leads to the reason.
    if (all.length === 0) all.push(calls[0]!.find((tensor) => !weighs(tensor, makers)) ?? calls[0]![0]!);
    const names = all.map((_, i) => (i === 0 ? path : `${path}#${i + 1}`));
    const often = calls.length > 1 ? `is called ${calls.length} times and ` : '';
    all.forEach((tensor, i) => {
      const note = `The module "${path}" ${often}gives ${all.length} tensors over time, ${listed(names, 6)}; this is ${names[i]}.`;
      outputs.set(names[i]!, { tensor, ...(all.length > 1 && { note }) });
    });
  }
  return { outputs, unclear };
}

/** The first of each call, then the rest. */
function inOrder(calls: readonly (readonly string[])[]): string[] {
  return [
    ...calls.flatMap((tensors) => tensors.slice(0, 1)),
    ...calls.flatMap((tensors) => tensors.slice(1)),
  ];
}

/** By module path, for each of its calls: the tensors that others read, in the order they are made. */
function leavingTensors(
  graph: Graph,
  { scopes, calls }: ModulePaths,
  makers: ReadonlyMap<string, GraphNode>,
  { rests }: Told,
): Map<string, string[][]> {
  const leaving = new Map<string, Set<string>>();
  const through = new Map<string, readonly string[]>();
  /** What we have put between two nodes, as a mask, hands on what it reads: it leaves a module where that is read. */
  const sourcesOf = (tensor: string): readonly string[] => {
    const maker = makers.get(tensor);
    if (maker === undefined || !rests(tensor)) return [];
    if (!isAppended(maker)) return [tensor];
    const known = through.get(tensor) ?? [...new Set(maker.inputs.flatMap(sourcesOf))];
    through.set(tensor, known);
    return known;
  };
  const leave = (tensor: string, reader: readonly string[]) => {
    for (const source of sourcesOf(tensor)) {
      for (const call of calls(makers.get(source)!)) {
        if (!reader.includes(call)) leaving.set(call, (leaving.get(call) ?? new Set()).add(source));
      }
    }
  };
  for (const node of graph.nodes) {
    if (isAppended(node)) for (const output of node.outputs) sourcesOf(output);
    else for (const input of node.inputs) leave(input, calls(node));
  }
  for (const output of graph.outputs) leave(output.name, []);
  const found = new Map<string, string[][]>();
  const seen = new Set<string>();
  const order = new Map([...makers.keys()].map((name, i) => [name, i]));
  for (const node of graph.nodes) {
    const paths = scopes(node);
    calls(node).forEach((call, depth) => {
      const tensors = seen.has(call) ? undefined : leaving.get(call);
      seen.add(call);
      if (!tensors) return;
      const path = paths[depth]!;
      const sorted = [...tensors].sort((a, b) => order.get(a)! - order.get(b)!);
      found.set(path, [...(found.get(path) ?? []), sorted]);
    });
  }
  return found;
}

const LAID_OUT = [
  'Reshape',
  'Transpose',
  'Squeeze',
  'Unsqueeze',
  'ReduceMean',
  'Dropout',
  'Identity',
  'Cast',
];

/** Whether it is a softmax, laid out anew or meant over the heads. */
function weighs(tensor: string, makers: ReadonlyMap<string, GraphNode>): boolean {
  for (let maker = makers.get(tensor); maker; maker = makers.get(maker.inputs[0] ?? '')) {
    if (maker.op === 'Softmax') return true;
    if (!LAID_OUT.includes(maker.op)) return false;
  }
  return false;
}
