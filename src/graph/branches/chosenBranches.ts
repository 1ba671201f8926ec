import { Refusal } from '../../refusal.ts';
import type { Graph, GraphNode } from '../graph.ts';
import type { Shapes } from '../shapes.ts';
import { int64 } from '../tensor.ts';
import { branchOf, Inliner } from './inline.ts';

/** Indices that are computed for one branch may lie outside in the other, which then must not run. */
const AT_PLACES: ReadonlySet<string> = new Set([
  ...['Gather', 'GatherElements', 'GatherND', 'ScatterElements', 'ScatterND', 'Loop', 'Scan'],
]);

interface Seen {
  readonly graph: Graph;
  readonly shapes: Shapes;
}

/** Tries another graph of the same input. @throws Refusal where it does not run */
type Probe = (graph: Graph) => Promise<Shapes>;

/**
 * The graph with every If whose condition rests on the values that go in replaced by both of its branches and a Where
 * that takes one of them, instance after instance the same answer: so gradient, receptive field and masks pass it like
 * any operator. An If stays where its branches are of different shapes, or where one of them may not be able to run.
 */
export async function withChosenBranches(graph: Graph, shapes: Shapes, probe: Probe): Promise<Seen> {
  return resolved({ graph, shapes }, probe, new Set());
}

/** @param left Ifs that stay, by their first output */
async function resolved(seen: Seen, probe: Probe, left: Set<string>): Promise<Seen> {
  let found = seen;
  for (;;) {
    const next = found.graph.nodes.find(
      (node) => isChoice(node, found.shapes) && !left.has(node.outputs[0]!),
    );
    if (next === undefined) return found;
    left.add(next.outputs[0]!);
    found = (await chosen(found.graph, next, probe, left)) ?? found;
  }
}

function isChoice(node: GraphNode, shapes: Shapes): boolean {
  return node.op === 'If' && node.domain === '' && shapes.moves(node.inputs[0]!);
}

async function chosen(
  graph: Graph,
  node: GraphNode,
  probe: Probe,
  left: Set<string>,
): Promise<Seen | undefined> {
  const [yes, no] = [branchOf(node, 'then_branch'), branchOf(node, 'else_branch')];
  if (yes === undefined || no === undefined) return undefined;
  const inliner = new Inliner(graph);
  const [then, otherwise] = [inliner.inline(node, yes), inliner.inline(node, no)];
  const name = (hint: string) => inliner.unique(`${node.outputs[0]}/${hint}`, node);
  const scalar = inliner.constant(name('no_axes'), int64([0], []));
  const condition = name('condition');
  const plain = { domain: '', attributes: {} };
  const inside: GraphNode[] = [
    ...then.nodes,
    ...otherwise.nodes,
    { ...plain, op: 'Reshape', name: condition, inputs: [node.inputs[0]!, scalar], outputs: [condition] },
    ...node.outputs.map((output, i) => ({
      ...plain,
      op: 'Where',
      name: `${node.name}/choice${i}`,
      inputs: [condition, then.outputs[i]!, otherwise.outputs[i]!],
      outputs: [output],
    })),
  ];
  const both = inliner.build(graph.nodes.flatMap((one) => (one === node ? inside : [one])));
  const seen = await tried(both, probe);
  // What is decided within a branch comes first: only then are its shapes known.
  const inner = seen && (await resolved(seen, probe, left));
  if (inner === undefined) return undefined;
  const old = new Set(graph.nodes);
  const fits =
    node.outputs.every((_, i) => sameShape(inner.shapes, then.outputs[i]!, otherwise.outputs[i]!)) &&
    !inner.graph.nodes.some((one) => !old.has(one) && mayFail(one, inner.shapes));
  return fits ? inner : undefined;
}

async function tried(graph: Graph, probe: Probe): Promise<Seen | undefined> {
  try {
    return { graph, shapes: await probe(graph) };
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function sameShape(shapes: Shapes, a: string, b: string): boolean {
  const fixed = shapes.lengths(a).size === 0 && shapes.lengths(b).size === 0;
  return fixed && `${shapes.dims(a)}` === `${shapes.dims(b)}`;
}

function mayFail(node: GraphNode, shapes: Shapes): boolean {
  const index = node.inputs[1] ?? '';
  const shaped = node.outputs.some((name) => shapes.lengths(name).size > 0);
  return shaped || (AT_PLACES.has(node.op) && shapes.integers(index) === undefined);
}
