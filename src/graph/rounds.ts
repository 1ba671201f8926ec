import { Refusal } from '../refusal.ts';
import { constantValues } from './constantValue.ts';
import type { Graph, GraphNode } from './graph.ts';
import { nodeCalled } from './nodeCalled.ts';
import { numbers, type Tensor } from './tensor.ts';

/** Rounds of a Loop, nested ones multiplied: a recurrence runs once a step. */
const MOST_ROUNDS = 2 ** 16;
/** What hands a length on without making more of it. */
const HANDS_ON = new Set([
  ...['Shape', 'Size', 'Gather', 'Slice', 'Squeeze', 'Unsqueeze', 'Cast', 'Identity', 'Reshape', 'Concat'],
  ...['Min', 'ReduceMin', 'ReduceMax', 'Max'],
]);

/**
 * A Loop may run for ever, and nothing can stop it from outside. So it is known before how often it runs at most: by a
 * constant, or by a length of the input.
 * @throws Refusal `endless-loop`
 */
export function refuseEndlessLoops(
  graph: Graph,
  outer: ReadonlyMap<string, Tensor> = new Map(),
  times = 1,
): void {
  const constants = new Map([...outer, ...constantValues(graph)]);
  const makers = new Map(graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  for (const node of graph.nodes) {
    const rounds = node.op === 'Loop' && node.domain === '' ? roundsOf(node, constants, makers) : 1;
    if (rounds * times > MOST_ROUNDS) {
      throw new Refusal(
        'endless-loop',
        `${nodeCalled(node)} runs ${rounds === Infinity ? 'as long as it likes' : `${rounds * times} times`}; at most ${MOST_ROUNDS} rounds are run, and how many must be a constant or a length of the input.`,
      );
    }
    for (const attribute of Object.values(node.attributes)) {
      if (attribute.kind === 'graph') refuseEndlessLoops(attribute.value, constants, times * rounds);
    }
  }
}

type Makers = ReadonlyMap<string, GraphNode>;

function roundsOf(loop: GraphNode, constants: ReadonlyMap<string, Tensor>, makers: Makers): number {
  const most = loop.inputs[0] ?? '';
  const value = constants.get(most);
  if (value) return Math.max(0, ...numbers(value));
  return most !== '' && isLength(most, constants, makers) ? 1 : Number.POSITIVE_INFINITY;
}

/** Whether a number is handed on from shapes and small constants alone. */
function isLength(name: string, constants: ReadonlyMap<string, Tensor>, makers: Makers): boolean {
  const open = [name];
  const seen = new Set(open);
  let restsOnShape = false;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const node = makers.get(next);
    if (constants.has(next)) {
      if (numbers(constants.get(next)!).some((value) => value > MOST_ROUNDS)) return false;
    } else if (!node || !HANDS_ON.has(node.op)) return false;
    else if (node.op === 'Shape' || node.op === 'Size') restsOnShape = true;
    else {
      for (const input of node.inputs) if (input !== '' && !seen.has(input)) open.push(input);
      for (const input of node.inputs) seen.add(input);
    }
  }
  return restsOnShape;
}
