import type { Graph, GraphNode } from './graph.ts';

/** Where the modules of the exported program show in the graph. */
export interface ModulePaths {
  /** Module paths a node lies in, outermost first, e.g. `block`, `block.conv`; empty where the names tell nothing. */
  scopes(node: GraphNode): readonly string[];
  /** The same, the calls of one module told apart where the file does (`block@1` is its second). */
  calls(node: GraphNode): readonly string[];
}

/** How the names of nodes begin that we append. */
const OWN = /^attribution(_mask\w*)?\//;

/** Whether a node is one that we have put into the graph. */
export function isAppended({ name }: Pick<GraphNode, 'name'>): boolean {
  return OWN.test(name);
}

const DYNAMO_SCOPES = 'pkg.torch.onnx.name_scopes';

/**
 * Reads the paths from node names (PyTorch's older exporter: `/block/block.0/Conv`; TensorFlow: `model/conv/Conv2D`)
 * or from the metadata of PyTorch's newer one. A wrapper around the whole model (`model.`) is dropped.
 */
export function findModules(graph: Graph): ModulePaths {
  const raw = new Map(graph.nodes.map((node) => [node, rawScopes(node)]));
  const wrapper = wrapperOf([...raw.values()].map((calls) => calls.map(pathOf)));
  const calls = (node: GraphNode) =>
    (raw.get(node) ?? []).filter((call) => pathOf(call).length > wrapper.length);
  const scopes = (node: GraphNode) =>
    calls(node).map((call) => (wrapper === '' ? pathOf(call) : pathOf(call).slice(wrapper.length + 1)));
  return { scopes, calls };
}

/** `block@1.conv@1` → `block.conv` */
function pathOf(call: string): string {
  return call.includes('@') ? call.replace(/@\d+(?=\.|$)/g, '') : call;
}

function rawScopes(node: GraphNode): readonly string[] {
  const noted = node.metadata?.get(DYNAMO_SCOPES);
  if (noted !== undefined) {
    // A Python list: '' for the model itself, module paths, and last the operation.
    return [...noted.matchAll(/'([^']*)'/g)].map((match) => match[1]!).slice(1, -1);
  }
  if (isAppended(node)) return [];
  const segments = node.name.split('/');
  const folders = (node.name.startsWith('/') ? segments.slice(1) : segments).slice(0, -1);
  const paths: string[] = [];
  folders.forEach((segment, i) => {
    const parent = paths[i - 1];
    const repeated = i > 0 && segment.startsWith(`${folders[i - 1]}.`);
    if (parent === undefined) paths.push(segment);
    else paths.push(repeated ? parent + segment.slice(folders[i - 1]!.length) : `${parent}.${segment}`);
  });
  return paths;
}

/** The modules that hold every named node, unless what is inside them is only numbered (a Sequential). */
function wrapperOf(all: readonly (readonly string[])[]): string {
  const named = all.filter((paths) => paths.length > 0);
  let wrapper = '';
  for (let depth = 0; named.length > 1; depth++) {
    const path = named[0]![depth];
    const shared = path !== undefined && named.every((paths) => paths[depth] === path);
    const inner = named.map((paths) => (paths[depth + 1] ?? '').slice((path?.length ?? 0) + 1));
    if (!shared || inner.some((name) => /^\d+(\.|$)/.test(name))) break;
    wrapper = path;
  }
  return wrapper;
}
