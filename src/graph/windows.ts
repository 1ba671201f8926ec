import { Refusal } from '../refusal.ts';
import { intsOf } from './attributes.ts';
import type { Graph } from './graph.ts';
import { nodeCalled } from './nodeCalled.ts';

/** Between two cells of a kernel, or two windows: wider than any series. */
const WIDEST = 2 ** 20;
const NAMES = { dilations: 'dilation', strides: 'stride', kernel_shape: 'kernel', pads: 'padding' } as const;

/**
 * Windows that no series has; the runtimes compute with them without looking and end the process.
 * @throws Refusal `impossible-window`
 */
export function refuseImpossibleWindows(graph: Graph): void {
  for (const node of graph.nodes) {
    for (const [attribute, name] of Object.entries(NAMES)) {
      const least = attribute === 'pads' ? -WIDEST : attribute === 'kernel_shape' ? 0 : 1;
      const wrong = intsOf(node, attribute)?.find((value) => !(value >= least && value <= WIDEST));
      if (wrong !== undefined) {
        throw new Refusal(
          'impossible-window',
          `The ${name} of ${nodeCalled(node)} is ${wrong}, which is not possible; the model file is broken or not what it seems.`,
        );
      }
    }
    for (const attribute of Object.values(node.attributes)) {
      if (attribute.kind === 'graph') refuseImpossibleWindows(attribute.value);
    }
  }
}
