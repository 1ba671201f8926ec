import type { Graph, GraphNode } from '../graph.ts';
import { renamedNode } from '../renamed.ts';
import { MASK_INPUT } from './positionMask.ts';
import { MASK_INSIDE_SCOPE, MASKED_SCOPE } from './writer.ts';

/** How names begin of what makes a mask a feature of the series. */
export const MASK_CHANNEL_SCOPE = '/mask_channel';

/** The part that a padding mask has in a model of ours. */
type OwnMask =
  | { readonly kind: 'none' }
  /** Its layers are masked, by a mask that it takes or computes. */
  | { readonly kind: 'layers'; readonly from: 'input' | 'series' }
  /** Its layers are not masked: it reads the mask as one feature more. */
  | { readonly kind: 'channel'; readonly from: 'input' | 'series' }
  /** It has a mask, and what it does with it is its own. */
  | { readonly kind: 'unknown'; readonly from: 'input' | 'series' };

/** Told by the names that our nodes have; a model of somebody else that takes a mask is `unknown`. */
export function ownMask({ inputs, nodes }: Graph): OwnMask {
  const under = (scope: string) => nodes.some(({ name }) => name.startsWith(`${scope}/`));
  const takes = inputs.some(({ name }) => name === MASK_INPUT);
  if (!takes && !under(MASK_INSIDE_SCOPE)) return { kind: 'none' };
  const from = takes ? 'input' : 'series';
  if (under(MASKED_SCOPE)) return { kind: 'layers', from };
  return under(MASK_CHANNEL_SCOPE) ? { kind: 'channel', from } : { kind: 'unknown', from };
}

/** Computes the mask of a model of ours from the series: no layer of it. */
export function isOfOwnMask({ name }: Pick<GraphNode, 'name'>): boolean {
  return name.startsWith(`${MASK_INSIDE_SCOPE}/`);
}

/**
 * The model with MASK_INPUT in the place of the mask that is its own; it is none of the inputs yet. What
 * computed the mask goes: a mask that is told is right where the padding looks otherwise, too.
 */
export function withoutOwnMask(graph: Graph): Graph {
  const inside = graph.nodes.filter(isOfOwnMask);
  const made = new Set(inside.flatMap(({ outputs }) => outputs));
  const rest = graph.nodes.filter((node) => !inside.includes(node));
  const renamed = (name: string) => (made.has(name) ? MASK_INPUT : name);
  return {
    ...graph,
    inputs: graph.inputs.filter(({ name }) => name !== MASK_INPUT),
    nodes: rest.map((node) => renamedNode(node, renamed)),
  };
}
