import type { Graph } from '../graph.ts';
import type { Track } from '../receptive/track.ts';
import { runsWrittenOut } from '../sequenceSigns.ts';
import { leakStepByStep } from './leak.ts';
import { hasTime } from './positionMask.ts';

/** Fewer are no loop. */
const LEAST = 3;
/** Share of the steps that nothing but a loop takes one by one, whatever becomes of them. */
const MOST = 0.5;

/**
 * What a loop does with one step after the other (cells, sums), each taken by its number, split off or cut out: no mask is
 * laid on what it makes of them, and nothing marks states as such.
 * @throws Refusal `cannot-mask`
 */
export function refuseStepByStep(graph: Graph, tracks: ReadonlyMap<string, Track>, steps: number): void {
  const taken = new Set<number>();
  for (const node of graph.nodes) {
    const step = stepTaken(node.inputs, tracks.get(node.outputs[0]!), tracks);
    if (step === undefined) continue;
    taken.add(step);
    const isLoop = taken.size >= MOST * steps || runsWrittenOut(graph, tracks, steps);
    if (taken.size >= LEAST && isLoop) throw leakStepByStep(node);
  }
}

/** The one step that is left of a time axis. */
function stepTaken(
  inputs: readonly string[],
  made: Track | undefined,
  tracks: ReadonlyMap<string, Track>,
): number | undefined {
  const { cut } = made ?? {};
  if (!cut || cut.first !== cut.last || hasTime(made)) return undefined;
  return inputs.some((input) => hasTime(tracks.get(input))) ? cut.first : undefined;
}
