import type { Classifier } from '../classifier.ts';
import { timeAxis } from '../receptive/track.ts';
import { hasTime } from './positionMask.ts';

type Described = Pick<Classifier, 'graph' | 'tracks' | 'input' | 'shapes'>;

/**
 * Where the same model, described for two numbers of steps, lies over them by different rules.
 * @param masked the tensors that are looked at
 * @returns the first such tensor; undefined where the rules are the same
 */
export function differsBetweenLengths(
  one: Described,
  other: Described,
  masked: ReadonlySet<string>,
): string | undefined {
  const [steps, others] = [stepsOf(one), stepsOf(other)];
  for (const [i, node] of one.graph.nodes.entries()) {
    const name = node.outputs[0]!;
    if (other.graph.nodes[i]?.outputs[0] !== name) return name;
    const [a, b] = [one.tracks.get(name), other.tracks.get(name)];
    if (!masked.has(name)) continue;
    if (!hasTime(a) || !hasTime(b) || timeAxis(a) !== timeAxis(b)) return name;
    const [p, q] = [a.field, b.field];
    // As many positions as steps are the steps themselves, for one number of them and for the other.
    const same = (p.from.length === steps) === (q.from.length === others) && p.regular === q.regular;
    if (!same || p.start !== q.start || p.jump !== q.jump || p.slot !== q.slot || p.moved?.by !== q.moved?.by)
      return name;
  }
  return one.graph.nodes.length === other.graph.nodes.length
    ? undefined
    : other.graph.nodes.at(-1)!.outputs[0];
}

function stepsOf({ shapes, input }: Described): number {
  return shapes.dims(input.name)![input.layout.indexOf('T')]!;
}
