import type { WeightStage } from '../../evaluation/evaluationModel.ts';
import type { Classifier } from '../../graph/classifier.ts';
import type { GraphNode } from '../../graph/graph.ts';
import { liveNodes } from '../../graph/liveNodes.ts';
import { type WeightedNode, weightedNodes } from '../../graph/randomised.ts';
import { namesRead } from '../../graph/topology.ts';

/** A stage with the weights that are drawn anew in it. */
export interface NamedWeights extends WeightStage {
  readonly weights: readonly string[];
}

/** Deep models are drawn anew in groups of neighbours: more bars tell no more. */
const MOST_STAGES = 12;

/**
 * The layers with weights between input and logits, in the order of the graph: by the names people know them by, else by
 * their nodes' names.
 * @param at tensor of the layer the map is taken at
 */
export function weightStages(classifier: Classifier, at: string): NamedWeights[] {
  const graph = { ...classifier.graph, nodes: liveNodes(classifier.graph.nodes, [classifier.logits]) };
  const downstream = tensorsAfter(graph.nodes, at);
  const stages: { name: string; above: boolean; weights: string[] }[] = [];
  for (const { node, weights } of weightedNodes(graph)) {
    const name = nameOf(node, classifier);
    const above = namesRead(node).some((input) => downstream.has(input));
    // Convolution and batch normalisation of one layer are one stage, though a branch's nodes may stand between them.
    const known = stages.find((stage) => stage.name === name && stage.above === above);
    if (known) known.weights.push(...weights);
    else stages.push({ name, above, weights: [...weights] });
  }
  return grouped(stages);
}

function nameOf(node: WeightedNode['node'], { layers, modules }: Classifier): string {
  const layer = layers.find(({ parts }) => parts.some(({ tensor }) => node.outputs.includes(tensor)));
  return layer?.name ?? modules.scopes(node).at(-1) ?? (node.name || node.op);
}

/** All tensors that rest on `from`, itself included. */
function tensorsAfter(nodes: readonly GraphNode[], from: string): Set<string> {
  const after = new Set([from]);
  for (const node of nodes) {
    if (namesRead(node).some((name) => after.has(name))) for (const output of node.outputs) after.add(output);
  }
  return after;
}

function grouped(stages: readonly NamedWeights[]): NamedWeights[] {
  if (stages.length <= MOST_STAGES) return [...stages];
  return Array.from({ length: MOST_STAGES }, (_, i) => {
    const start = Math.floor((i * stages.length) / MOST_STAGES);
    const part = stages.slice(start, Math.floor(((i + 1) * stages.length) / MOST_STAGES));
    const [first, last] = [part[0]!, part.at(-1)!];
    return {
      name: part.length === 1 ? first.name : `${first.name} … ${last.name}`,
      above: part.every(({ above }) => above),
      weights: part.flatMap(({ weights }) => weights),
    };
  });
}
