import { Refusal } from '../refusal.ts';
import type { Graph } from './graph.ts';
import { refuseGiants } from './growth.ts';
import { refuseEndlessLoops } from './rounds.ts';
import { refuseImpossibleWindows } from './windows.ts';

/** Classifiers that were seen have some two hundred. */
const MOST_NODES = 10_000;

/**
 * What no time-series classifier has and what would cost gigabytes, hours or the process, said before anything is run.
 * @throws Refusal `too-many-nodes`, `input-too-big`, `endless-loop`, `impossible-window`
 */
export function refuseHostile(graph: Graph): void {
  const nodes = nodesIn(graph);
  if (nodes > MOST_NODES) {
    throw new Refusal(
      'too-many-nodes',
      `The model has ${nodes.toLocaleString('en-US')} nodes; at most ${MOST_NODES.toLocaleString('en-US')} are run. Export recurrent layers as such (LSTM, GRU, RNN), not step by step.`,
    );
  }
  refuseGiants(graph);
  refuseEndlessLoops(graph);
  refuseImpossibleWindows(graph);
}

function nodesIn(graph: Graph): number {
  return graph.nodes.reduce((sum, node) => {
    const inside = Object.values(node.attributes).map((one) =>
      one.kind === 'graph' ? nodesIn(one.value) : 0,
    );
    return inside.reduce((all, some) => all + some, sum + 1);
  }, 0);
}
