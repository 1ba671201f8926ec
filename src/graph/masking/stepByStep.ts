import { constantValues } from '../constantValue.ts';
import type { Graph } from '../graph.ts';
import type { Track } from '../receptive/track.ts';
import { runsWrittenOut } from '../sequenceSigns.ts';
import { numbers } from '../tensor.ts';
import { leakStepByStep } from './leak.ts';
import { hasTime } from './positionMask.ts';

/** Fewer are no loop. */
const LEAST = 3;

/**
 * Cells that a loop calls with one step after the other, each taken by its number: nothing marks their states as such.
 * @throws Refusal `cannot-mask`
 */
export function refuseStepByStep(graph: Graph, tracks: ReadonlyMap<string, Track>, steps: number): void {
  const constants = constantValues(graph);
  const taken = new Map<string, Set<number>>();
  for (const node of graph.nodes) {
    const [input, index] = node.inputs;
    const at = node.op === 'Gather' ? constants.get(index ?? '') : undefined;
    if (at?.dims.length !== 0 || !hasTime(tracks.get(input!)) || hasTime(tracks.get(node.outputs[0]!)))
      continue;
    const places = taken.get(input!) ?? new Set<number>();
    taken.set(input!, places.add(numbers(at)[0]!));
    if (places.size >= LEAST && runsWrittenOut(graph, tracks, steps)) throw leakStepByStep(node);
  }
}
