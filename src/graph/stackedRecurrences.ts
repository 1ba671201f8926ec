import type { GraphNode } from './graph.ts';
import type { Chain } from './layerChains.ts';
import type { ModulePaths } from './modulePaths.ts';

/** Where a recurrent layer stands among those of its module, as of nn.LSTM with num_layers=2. */
export interface Stacked {
  readonly module: string;
  /** From 1, and of how many. */
  readonly at: number;
  readonly of: number;
  readonly isLast: boolean;
}

const RECURRENT = new Set(['LSTM', 'GRU', 'RNN']);

/**
 * The recurrent layers of modules that have several of them: only the sequence of the last is what such a module gives.
 * @param nodes in the order in which they run
 */
export function stackedRecurrences(
  nodes: readonly GraphNode[],
  chains: readonly Chain[],
  { calls, scopes }: ModulePaths,
): ReadonlyMap<Chain, Stacked> {
  const stacks = new Map<string, GraphNode[]>();
  for (const node of nodes) {
    const call = RECURRENT.has(node.op) ? calls(node).at(-1) : undefined;
    if (call !== undefined) stacks.set(call, [...(stacks.get(call) ?? []), node]);
  }
  return new Map(
    chains.flatMap((chain) => {
      const node = chain.nodes.find(({ op }) => RECURRENT.has(op));
      const stack = node && (stacks.get(calls(node).at(-1) ?? '') ?? []);
      if (!node || !stack || stack.length < 2) return [];
      const at = stack.indexOf(node) + 1;
      return [[chain, { module: scopes(node).at(-1)!, at, of: stack.length, isLast: at === stack.length }]];
    }),
  );
}

/** Which of them it is, as a sentence. */
export function stackNote({ module, at, of }: Stacked): string {
  return `The module "${module}" has ${of} recurrent layers; this is the sequence of layer ${at}.`;
}
