import { Refusal } from '../refusal.ts';
import type { Graph } from './graph.ts';
import type { Tensor } from './tensor.ts';

/**
 * The graph with the named initialisers as inputs, so that one session serves a whole training.
 * @throws Refusal `no-such-parameter` for a name that is no initialiser
 */
export function parametersAsInputs(graph: Graph, names: readonly string[]): Graph {
  const constants = new Map(graph.constants);
  const inputs = names.map((name) => {
    const value = constants.get(name);
    if (!value) throw new Refusal('no-such-parameter', `The model has no weights named "${name}".`);
    constants.delete(name);
    return { name, dtype: value.dtype, dims: value.dims };
  });
  return { ...graph, constants, inputs: [...graph.inputs, ...inputs] };
}

/** The graph with other values of the named initialisers. */
export function withParameters(graph: Graph, values: Iterable<readonly [string, Tensor]>): Graph {
  return { ...graph, constants: new Map([...graph.constants, ...values]) };
}
