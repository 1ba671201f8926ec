import { listed } from '../../format.ts';
import type { Graph } from '../graph.ts';
import { findModules } from '../modulePaths.ts';
import { moduleCalled } from '../nodeCalled.ts';
import { notFloats } from '../notFloats.ts';
import type { Track } from '../receptive/track.ts';
import { trackedOperators } from '../receptive/trackTensors.ts';
import { namesRead } from '../topology.ts';
import { isOfOwnMask } from './maskChannel.ts';
import { hasTime } from './positionMask.ts';

/** Mix what stands at different positions; the others work on each value by itself. */
const MIXES = /Conv|Pool|MatMul|Gemm|Einsum|LSTM|GRU|RNN|Normalization|^Reduce|Softmax|Attention|^CumSum$/;
/** Its scale rests on everything, its values on nothing but themselves. */
const QUANTISES = 'DynamicQuantizeLinear';

/**
 * Layers that masking every layer leaves as they are, because no mask can be laid over what they read: behind an operator
 * of which it is not known where its positions lie, and where whole numbers stay whole from one layer to the next.
 * @param tracks as trackTensors has them of this graph
 * @returns names of layers, of nodes where these lie in none; in the order of the graph
 */
export function passedOver(
  graph: Graph,
  tracks: ReadonlyMap<string, Track>,
  { name: input }: { readonly name: string },
): string[] {
  const { scopes } = findModules(graph);
  const wholes = notFloats(graph);
  const found = new Set<string>();
  /** May lie along time, with something on padding. */
  const loose = new Set<string>();
  const rests = new Set([input]);
  for (const node of graph.nodes) {
    const reads = namesRead(node);
    if (isOfOwnMask(node) || !reads.some((name) => rests.has(name))) continue;
    const mixes = MIXES.test(node.op);
    const isKnown = node.domain === '' && trackedOperators.includes(node.op);
    const onLoose = reads.some((name) => loose.has(name));
    const loses = !isKnown && reads.some((name) => hasTime(tracks.get(name)));
    const spread = reads.some((name) => loose.has(name) && (tracks.get(name)?.roles.length ?? 0) > 2);
    if ((loses || spread) && (mixes || !isKnown) && node.op !== QUANTISES)
      found.add(moduleCalled(node, scopes));
    for (const output of node.outputs) {
      rests.add(output);
      const timed = hasTime(tracks.get(output));
      if (timed ? wholes.has(output) && (mixes || onLoose) : onLoose || loses) loose.add(output);
    }
  }
  return [...found];
}

/** What is said wherever such a model is made or shown. */
export function passedOverSentence(names: readonly string[]): string {
  return `Masked at its input and not in ${listed(names, 12)}: where the values ${names.length === 1 ? 'it reads lie' : 'these read lie'} in time is not known, as behind quantised layers, so no mask is laid over them. Mask the model before it is quantised.`;
}
