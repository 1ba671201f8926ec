import { constantValues } from '../../graph/constantValue.ts';
import type { Graph, GraphNode } from '../../graph/graph.ts';
import { liveNodes } from '../../graph/liveNodes.ts';
import { namesRead } from '../../graph/topology.ts';
import { writtenOut } from '../../graph/writtenOut.ts';
import type { TfTensor } from './backend.ts';
import type { Memo } from './call.ts';
import { RunValue } from './value.ts';

/** The nodes that some outputs rest on, and how often each tensor is read. */
interface Plan {
  readonly nodes: readonly GraphNode[];
  readonly readers: ReadonlyMap<string, number>;
}

/**
 * A graph made ready to run again and again: its constants and what was made of them, uploaded with their first use
 * and disposed of with the session; its plans; the graphs inside its nodes.
 */
export class Program implements Memo {
  readonly #values: ReadonlyMap<string, RunValue>;
  readonly #made = new Map<GraphNode, Map<string, TfTensor>>();
  readonly #plans = new Map<string, Plan>();
  readonly #bodies = new Map<Graph, Program>();

  readonly graph: Graph;

  constructor(given: Graph) {
    const graph = writtenOut(given);
    this.graph = graph;
    this.#values = new Map([...constantValues(graph)].map(([name, tensor]) => [name, RunValue.host(tensor)]));
  }

  value(name: string): RunValue | undefined {
    return this.#values.get(name);
  }

  plan(outputs: readonly string[]): Plan {
    const key = outputs.join('\n');
    const known = this.#plans.get(key);
    if (known) return known;
    const nodes = liveNodes(this.graph.nodes, outputs).filter(({ op }) => op !== 'Constant');
    const readers = new Map<string, number>();
    for (const name of [...nodes.flatMap(namesRead), ...outputs])
      readers.set(name, (readers.get(name) ?? 0) + 1);
    this.#plans.set(key, { nodes, readers });
    return { nodes, readers };
  }

  body(graph: Graph): Program {
    const known = this.#bodies.get(graph) ?? new Program(graph);
    this.#bodies.set(graph, known);
    return known;
  }

  /** Also an input that is left out. */
  constant(name: string): boolean {
    return name === '' || this.#values.has(name);
  }

  once(node: GraphNode, key: string, make: () => TfTensor): TfTensor {
    const made = this.#made.get(node) ?? new Map<string, TfTensor>();
    this.#made.set(node, made);
    const known = made.get(key) ?? keep(make());
    made.set(key, known);
    return known;
  }

  dispose(): void {
    for (const value of this.#values.values()) value.release();
    for (const made of this.#made.values()) for (const tensor of made.values()) tensor.dispose();
    for (const body of this.#bodies.values()) body.dispose();
    this.#made.clear();
    this.#bodies.clear();
  }
}

/** Not the scope it is made in, but the session ends it. */
function keep(tensor: TfTensor): TfTensor {
  tensor.kept = true;
  return tensor;
}
