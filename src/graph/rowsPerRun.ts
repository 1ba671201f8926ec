import type { Graph } from './graph.ts';
import type { Shapes } from './shapes.ts';
import { elementCount } from './tensor.ts';

/** Values that the largest tensor of a run may hold: more spill out of the processor's cache and take longer each. */
const VALUES_PER_RUN = 2 ** 20;

/** A graph whose tensors' dims are known. */
interface Sized {
  readonly graph: Pick<Graph, 'nodes'>;
  readonly shapes: Pick<Shapes, 'batch' | 'dims'>;
}

/** Instances per run, by the largest tensor of one; at most `most`. */
export function rowsPerRun(model: Sized, most: number): number {
  const largest = largestOf(model);
  return Math.max(1, Math.min(most, Math.floor(VALUES_PER_RUN / largest)));
}

/** There and back again every tensor is kept, so that the cache holds fewer. */
const VALUES_PER_GRADIENT_RUN = 3 * 2 ** 17;
/** What is done once for a run should not cost more than its rows. */
const FEWEST = 4;

/** As rowsPerRun, where the gradient is taken, too. */
export function rowsPerGradientRun(model: Sized, most: number): number {
  const largest = largestOf(model);
  const fewest = Math.min(FEWEST, VALUES_PER_RUN / largest);
  return Math.max(1, Math.min(most, Math.floor(Math.max(fewest, VALUES_PER_GRADIENT_RUN / largest))));
}

function largestOf(model: Sized): number {
  return valuesOfTensors(model).reduce((most, size) => Math.max(most, size), 1);
}

/** Of every tensor that a node gives, for one instance. */
function valuesOfTensors({ graph, shapes }: Sized): number[] {
  return graph.nodes.flatMap(({ outputs }) =>
    outputs.map((name) => elementCount(shapes.dims(name) ?? []) / shapes.batch),
  );
}
