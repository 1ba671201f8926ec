import type { Finding } from '../finding.ts';
import { isConv } from './convolved.ts';
import type { GraphNode } from './graph.ts';
import type { LayerPlace } from './layerAxes.ts';
import { nodeCalled } from './nodeCalled.ts';

/**
 * Said where a convolution comes behind the last one that can be drawn over time, which is the one marked then, and where
 * none of them can. One whose map has a single place, as a dense layer written as a convolution, is none.
 * @param nodes of the graph in order, those that the logits rest on
 * @param last the layer marked, if any is
 */
export function laterConvolution(
  nodes: readonly GraphNode[],
  last: { readonly name: string; readonly tensor: string } | undefined,
  place: (tensor: string) => LayerPlace | string,
  dims: (tensor: string) => readonly number[] | undefined,
): Finding[] {
  const from = last ? nodes.findIndex(({ outputs }) => outputs.includes(last.tensor)) : -1;
  for (const node of nodes.slice(from + 1)) {
    const found = isConv(node) ? place(node.outputs[0]!) : undefined;
    const isOne =
      dims(node.outputs[0]!)
        ?.slice(2)
        .every((dim) => dim === 1) ?? true;
    if (typeof found !== 'string' || isOne) continue;
    const sentence = last
      ? `A convolution comes behind ${last.name}, the last one whose map can be drawn over time: ${nodeCalled(node)}, whose map ${found}.`
      : `No convolution of the model can be drawn over time: the map of ${nodeCalled(node)} ${found}.`;
    return [{ code: 'layer-left-out', severity: 'info', sentence }];
  }
  return [];
}
