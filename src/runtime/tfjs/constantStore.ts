import { constantValues } from '../../graph/constantValue.ts';
import type { Graph, GraphNode } from '../../graph/graph.ts';
import type { TfTensor } from './backend.ts';
import type { Kept } from './call.ts';
import { Value } from './value.ts';

/** A session's constants and what was made of them: uploaded with their first use, disposed of with the session. */
export class ConstantStore implements Kept {
  readonly #values: ReadonlyMap<string, Value>;
  readonly #made = new Map<GraphNode, Map<string, TfTensor>>();

  constructor(graph: Graph) {
    this.#values = new Map([...constantValues(graph)].map(([name, tensor]) => [name, Value.host(tensor)]));
  }

  value(name: string): Value | undefined {
    return this.#values.get(name);
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
    this.#made.clear();
  }
}

/** Not the scope it is made in, but the session ends it. */
function keep(tensor: TfTensor): TfTensor {
  tensor.kept = true;
  return tensor;
}
