import { basename } from 'node:path';
import { NAMES } from '../export/explainer/options.ts';
import type { Finding } from '../finding.ts';
import { freeNames, namesOf } from '../graph/freeNames.ts';
import type { Graph } from '../graph/graph.ts';
import { liveNodes } from '../graph/liveNodes.ts';
import { MASK_INPUT } from '../graph/masking/positionMask.ts';
import { renamedGraph } from '../graph/renamed.ts';
import { namesRead } from '../graph/topology.ts';
import { Refusal } from '../refusal.ts';

/** Outputs by which an explainer is known, whoever has rewritten it since. */
const OUTPUTS = [NAMES.logits, NAMES.probabilities, NAMES.predicted, NAMES.explained, NAMES.map];
/** Tensors that graphs of maps are written with. */
const OURS = /^attribution_[a-z_]+$/;

const INSIDE: Finding = {
  code: 'explainer',
  severity: 'info',
  sentence:
    'The file is an explainer: the model inside it is looked at, and the map that it makes itself is not.',
};

/**
 * A graph that can be explained: of an explainer that we have written the model inside, any other one as it is. Names
 * that graphs of maps are written with are free in it.
 * @throws Refusal `explainer-input` where the model inside is fed by nodes that no command of ours feeds
 */
export function explainable(graph: Graph, path: string): Graph {
  const outputs = new Set(graph.outputs.map(({ name }) => name));
  if (!OUTPUTS.every((name) => outputs.has(name))) return withFreeNames(graph);
  const nodes = liveNodes(graph.nodes, [NAMES.probabilities]);
  const read = new Set(nodes.flatMap(namesRead));
  const inputs = graph.inputs.filter(({ name }) => read.has(name));
  const takes = (name: string) => inputs.find((input) => input.name === name);
  if (takes(NAMES.series)?.dtype === 'float64' && inputs.length === 2)
    throw fedOtherwise(graph, path, 'raw series, which it prepares itself', 'without --preprocess');
  if (takes(NAMES.length)?.dtype === 'int64')
    throw fedOtherwise(graph, path, 'a length, by which it masks its layers', 'with --padding mask');
  const inside = withFreeNames({
    ...graph,
    nodes,
    inputs,
    outputs: graph.outputs.filter(({ name }) => name === NAMES.probabilities),
    constants: new Map([...graph.constants].filter(([name]) => read.has(name))),
    findings: [...(graph.findings ?? []), INSIDE],
  });
  // Ours are 1 on real steps: nothing is to be found out about this one.
  return takes(NAMES.mask) && inputs.length === 2
    ? renamedGraph(inside, (name) => (name === NAMES.mask ? MASK_INPUT : name))
    : inside;
}

function withFreeNames(graph: Graph): Graph {
  const isMask = graph.inputs.some(({ name }) => name === MASK_INPUT);
  const taken = [...namesOf(graph)].filter((name) => OURS.test(name) && !(isMask && name === MASK_INPUT));
  if (taken.length === 0) return graph;
  const { name: _, ...free } = freeNames(graph, new Set(taken));
  return free;
}

function fedOtherwise({ metadata }: Graph, path: string, what: string, how: string): Refusal {
  const of = metadata?.get('attribution.model');
  const model = of ? `${basename(of).slice(0, 100)}, which it was made of` : 'the model it was made of';
  return new Refusal(
    'explainer-input',
    `${basename(path)} is an explainer that takes ${what}, and maps are made from prepared series: open ${model}, or write it anew ${how}.`,
  );
}
