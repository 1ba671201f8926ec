import type { Graph } from './graph.ts';
import { beforeFinal } from './logits.ts';
import type { Shapes } from './shapes.ts';

/** One of several outputs [N, columns] (or [N]) that could be the answer. */
export interface Head {
  readonly name: string;
  readonly columns: number;
  /** Whether it comes out of a Softmax or Sigmoid, so that it holds classes. */
  readonly isFinal: boolean;
}

/** What labels could tell apart, which outputs of steps are not. @param tied names of outputs */
export function headsOf({ nodes }: Graph, shapes: Shapes, tied: readonly string[]): Head[] {
  const makers = new Map(nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  return tied.flatMap((name) => {
    const dims = shapes.dims(name) ?? [];
    const isFinal = beforeFinal(name, makers).kind !== 'logits';
    return dims.length > 2 ? [] : [{ name, columns: dims[1] ?? 1, isFinal }];
  });
}
