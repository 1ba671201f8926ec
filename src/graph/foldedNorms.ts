import type { Graph, GraphNode } from './graph.ts';
import type { ModulePaths } from './modulePaths.ts';

/** A convolution that the exporter made one with the batch norm behind it. */
export interface FoldedNorm {
  readonly node: GraphNode;
  /** Module path of the convolution. */
  readonly conv: string;
  /** Module path of the norm, where the file still tells. */
  readonly norm: string | undefined;
}

/** PyTorch's older exporter gives a folded weight and its bias names of their own (a weight alone is another matter), the newer one leaves the norm's path at the node. */
export function foldedNorms(graph: Graph, modules: ModulePaths): FoldedNorm[] {
  return graph.nodes.flatMap((node): FoldedNorm | [] => {
    if (!['Conv', 'ConvTranspose'].includes(node.op)) return [];
    const weight = node.inputs[1] ?? '';
    const scopes = modules.scopes(node);
    const last = scopes.at(-1);
    if (last === undefined) return [];
    if ([weight, node.inputs[2] ?? ''].every((name) => /^onnx::Conv(Transpose)?_\d+$/.test(name)))
      return { node, conv: last, norm: undefined };
    const owner = /^(.+)\.weight$/.exec(weight)?.[1];
    const inside = scopes.some((path) => owner === path || owner?.endsWith(`.${path}`));
    const noted = node.metadata !== undefined;
    return owner === undefined || inside || !noted ? [] : { node, conv: owner, norm: last };
  });
}

/** What to know before the layer's map is read. */
export function foldedSentence({ conv, norm }: FoldedNorm): string {
  const behind = norm === undefined ? 'The batch norm' : `The batch norm "${norm}"`;
  return `${behind} behind "${conv}" was made one with it when the model was exported, so this layer is what both of them give.`;
}

/** Whether a module is meant by a name: its path, or the end of it. */
export const isPath = (path: string, name: string): boolean => path === name || path.endsWith(`.${name}`);
