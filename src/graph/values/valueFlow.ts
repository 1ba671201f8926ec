import { intOf } from '../attributes.ts';
import { constantValues } from '../constantValue.ts';
import type { Graph, GraphNode } from '../graph.ts';
import { numbers, type Tensor } from '../tensor.ts';
import { namesRead } from '../topology.ts';
import { lengthRules } from './lengthRules.ts';
import { type Lengths, type LengthVisit, NONE, ownLength } from './lengths.ts';
import { RANDOM, shapedBy } from './shapedBy.ts';

/**
 * What of a graph rests on the values that go in, by following the graph (no runs: that two runs agree proves
 * nothing). Everything else is fixed by constants and by the shape of the input.
 */
export interface ValueFlow {
  /** Whether a tensor's elements, or how many there are, may be others for another input of the same shape. */
  moves(tensor: string): boolean;
  /** Axes of a tensor whose length follows the values. */
  lengths(tensor: string): Lengths;
}

/** Dims as seen in a probe run; undefined for a tensor that was not seen, e.g. one inside a Loop. */
type DimsOf = (tensor: string) => readonly number[] | undefined;

/** @param dimsOf undefined for tensors that the probe run did not see */
export function valueFlow(graph: Graph, dimsOf: DimsOf): ValueFlow {
  const flow = new Flow(graph, dimsOf);
  for (const { name } of graph.inputs) flow.moving.add(name);
  flow.follow(graph.nodes);
  return flow;
}

/** The same numbers in another order of axes. */
const LAID_OUT = new Set(['Identity', 'Squeeze', 'Unsqueeze']);

class Flow implements ValueFlow {
  readonly moving = new Set<string>();
  private readonly all = new Map<string, Lengths>();
  private readonly constants: ReadonlyMap<string, Tensor>;
  private readonly makers = new Map<string, GraphNode>();

  constructor(
    graph: Graph,
    private readonly dimsOf: DimsOf,
    private readonly outside?: Flow,
  ) {
    this.constants = constantValues(graph);
  }

  moves(tensor: string): boolean {
    return this.moving.has(tensor) || this.lengths(tensor).size > 0 || (this.outside?.moves(tensor) ?? false);
  }

  lengths(tensor: string): Lengths {
    return this.all.get(tensor) ?? this.outside?.lengths(tensor) ?? NONE;
  }

  follow(nodes: readonly GraphNode[]): void {
    for (const node of nodes) {
      for (const output of node.outputs) this.makers.set(output, node);
      if (this.valuesMove(node)) for (const output of node.outputs) this.moving.add(output);
      const lengths = this.lengthsOf(node);
      node.outputs.forEach((output, i) => {
        if (output !== '' && (lengths[i]?.size ?? 0) > 0) this.all.set(output, lengths[i]!);
      });
    }
  }

  private valuesMove(node: GraphNode): boolean {
    if (node.domain !== '' || RANDOM.has(node.op)) return true;
    if (Object.values(node.attributes).some(({ kind }) => kind === 'graph')) return this.inside(node).moves;
    const first = node.inputs[0] ?? '';
    if (node.op === 'Shape')
      return shapeAxes(node, this.rank(first)).some((axis) => this.lengths(first).has(axis));
    if (node.op === 'Size') return this.lengths(first).size > 0;
    if (node.op === 'ConstantOfShape' || node.op === 'EyeLike') return false;
    if (node.op === 'Gather' && this.oneLength(node) === false) return false;
    return node.inputs.some((name) => name !== '' && this.moves(name));
  }

  /** Whether one length that is read off a shape follows the values; undefined where this is something else. */
  private oneLength(node: GraphNode): boolean | undefined {
    const shape = this.makers.get(node.inputs[0] ?? '');
    const index = this.constants.get(node.inputs[1] ?? '');
    if (shape?.op !== 'Shape' || index === undefined) return undefined;
    const read = shape.inputs[0]!;
    const axes = shapeAxes(shape, this.rank(read));
    return numbers(index).some((at) => this.lengths(read).has(axes[at < 0 ? at + axes.length : at] ?? -1));
  }

  private lengthsOf(node: GraphNode): readonly Lengths[] {
    if (node.domain !== '') return node.outputs.map((name) => this.every(name));
    const follows = namesRead(node).some((name) => this.lengths(name).size > 0);
    const said = shapedBy(node.op).some((input) => node.inputs[input] && this.moves(node.inputs[input]));
    const grows =
      Object.values(node.attributes).some(({ kind }) => kind === 'graph') && this.inside(node).grows;
    if (!follows && !said && !grows) return [];
    const visit = this.visit(node);
    const rule = grows ? undefined : lengthRules[node.op];
    // A rule that looks at the lengths of its inputs alone says nothing about sizes that are themselves computed.
    const first = rule?.(visit);
    if (first === undefined) return node.outputs.map((name) => this.every(name));
    return node.outputs.map(() => first);
  }

  private every(name: string): Lengths {
    const rank = Math.max(1, this.rank(name));
    return new Map(Array.from({ length: rank }, (_, axis) => [axis, ownLength(name, axis)]));
  }

  /** What the graphs in a node's attributes make: an If's branches, the body of a Loop or Scan. */
  private inside(node: GraphNode): { readonly moves: boolean; readonly grows: boolean } {
    const bodies = Object.values(node.attributes).flatMap((one) => (one.kind === 'graph' ? [one.value] : []));
    const starts = node.inputs.some((name) => name !== '' && this.moves(name));
    const once = bodies.map((body) => this.body(node, body, starts));
    // A state that begins as a constant and takes up values moves from the second round on.
    const again =
      starts || !once.some(({ moves }) => moves) ? once : bodies.map((body) => this.body(node, body, true));
    return {
      moves: starts || again.some(({ moves }) => moves),
      grows: again.some(({ grows }) => grows),
    };
  }

  private body(node: GraphNode, body: Graph, statesMove: boolean) {
    const flow = new Flow(body, () => undefined, this);
    const states = body.inputs.slice(node.op === 'Loop' ? 2 : 0);
    if (statesMove) for (const { name } of states) flow.moving.add(name);
    flow.follow(body.nodes);
    const made = body.outputs.map(({ name }) => name);
    const goesOn = node.op === 'Loop' && flow.moves(made[0] ?? '');
    return {
      moves: made.some((name) => flow.moves(name)),
      grows: goesOn || made.some((name) => flow.lengths(name).size > 0),
    };
  }

  private visit(node: GraphNode): LengthVisit {
    const name = (input: number) => node.inputs[input] ?? '';
    return {
      node,
      rank: this.rank(node.outputs[0] ?? ''),
      lengths: (input) => this.lengths(name(input)),
      rankOf: (input) => this.rank(name(input)),
      moves: (input) => this.moves(name(input)),
      integers: (input) => {
        const value = this.constants.get(name(input));
        return value && numbers(value);
      },
      length: (input, axis) => this.lengths(name(input)).get(axis) ?? `${this.dims(name(input))[axis]}`,
      word: (input) => this.word(name(input)),
    };
  }

  private word(tensor: string): string {
    const constant = this.constants.get(tensor);
    if (constant) return `${numbers(constant)}`;
    const maker = this.makers.get(tensor);
    return maker && LAID_OUT.has(maker.op) ? this.word(maker.inputs[0]!) : tensor;
  }

  private rank(tensor: string): number {
    return this.dims(tensor).length;
  }

  private dims(tensor: string): readonly number[] {
    return this.constants.get(tensor)?.dims ?? this.dimsOf(tensor) ?? [];
  }
}

/** The axes whose lengths a Shape node lists. */
function shapeAxes(node: GraphNode, rank: number): number[] {
  const all = Array.from({ length: rank }, (_, axis) => axis);
  return all.slice(intOf(node, 'start') ?? 0, intOf(node, 'end') ?? rank);
}
