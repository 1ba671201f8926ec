import { Refusal } from '../refusal.ts';
import type { Graph } from './graph.ts';
import { refuseGiants } from './growth.ts';
import { refuseEndlessLoops } from './rounds.ts';
import { refuseImpossibleWindows } from './windows.ts';

/** Classifiers that were seen have some two hundred. */
const MOST_NODES = 25_000;
const MOST_INPUTS = 10_000;

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
  refuseCrowds(graph);
  refuseGiants(graph);
  refuseEndlessLoops(graph);
  refuseImpossibleWindows(graph);
}

function refuseCrowds(graph: Graph): void {
  const crowd = (what: string, inputs: readonly unknown[]) => {
    if (inputs.length <= MOST_INPUTS) return;
    throw new Refusal(
      'too-many-nodes',
      `${what} has ${inputs.length.toLocaleString('en-US')} inputs and outputs; at most ${MOST_INPUTS.toLocaleString('en-US')} are read. The model file is broken or not what it seems.`,
    );
  };
  crowd('The model', [...graph.inputs, ...graph.outputs]);
  for (const node of graph.nodes) {
    crowd(`${node.op} "${node.outputs[0] ?? ''}"`, [...node.inputs, ...node.outputs]);
    for (const one of Object.values(node.attributes)) if (one.kind === 'graph') refuseCrowds(one.value);
  }
}

function nodesIn(graph: Graph): number {
  return graph.nodes.reduce((sum, node) => {
    const inside = Object.values(node.attributes).map((one) =>
      one.kind === 'graph' ? nodesIn(one.value) : 0,
    );
    return inside.reduce((all, some) => all + some, sum + 1);
  }, 0);
}
