import type { Finding } from '../finding.ts';
import { Refusal } from '../refusal.ts';
import { withChosenBranches } from './branches/chosenBranches.ts';
import { withKnownBranches } from './branches/knownBranches.ts';
import type { Graph, ValueInfo } from './graph.ts';
import type { InputLayout } from './inputLayout.ts';
import { MASK_INPUT } from './masking/positionMask.ts';
import { probeDims } from './modelInput.ts';
import { nodeCalled } from './nodeCalled.ts';
import type { Runtime, Tensors } from './runtime.ts';
import { probeShapes, type Shapes } from './shapes.ts';
import { elementCount, float32, tensor } from './tensor.ts';
import { mixesInstances } from './values/mixesInstances.ts';

/** How a model is tried. */
interface Trial {
  readonly layout: InputLayout;
  readonly steps: number;
  /** What was found on the way is added. */
  readonly findings: Finding[];
}

interface Seen {
  readonly graph: Graph;
  readonly shapes: Shapes;
  /** The number of instances the model must be run with; null where it is free. */
  readonly batch: number | null;
  /** Another graph of the same input, tried in the same way. */
  readonly probe: (graph: Graph) => Promise<Shapes>;
}

/** Probes a model with as many instances as it takes together, and replaces its Ifs where that can be done. */
export async function seeThrough(
  given: Graph,
  runtime: Runtime,
  input: ValueInfo,
  { layout, steps, findings }: Trial,
): Promise<Seen> {
  const { shapes: first, batch } = await probe(given, runtime, input, { layout, steps, findings });
  const count = batch ?? first.batch;
  const feeds = probeFeeds(given, input, layout, count, steps);
  const again = (graph: Graph) =>
    probeShapes(batch === null ? graph : withFixedBatch(graph, input, count), runtime, feeds);
  let [graph, shapes] = [given, first];
  for (;;) {
    const known = withKnownBranches(graph, shapes);
    if (known !== graph) [graph, shapes] = [known, await again(known)];
    const chosen = await withChosenBranches(graph, shapes, again);
    if (known === graph && chosen.graph === graph) return { graph, shapes, batch, probe: again };
    ({ graph, shapes } = chosen);
  }
}

/**
 * A free number of instances is tried with two. Some exporters write it free and bake 1 in all the same, and some
 * models answer for all instances of a run together: those are run one by one.
 */
async function probe(
  graph: Graph,
  runtime: Runtime,
  input: ValueInfo,
  { layout, steps, findings }: Trial,
): Promise<{ readonly shapes: Shapes; readonly batch: number | null }> {
  const [declared] = input.dims;
  const run = (batch: number, fixed: boolean) =>
    probeShapes(
      fixed ? withFixedBatch(graph, input, batch) : graph,
      runtime,
      probeFeeds(graph, input, layout, batch, steps),
    );
  if (typeof declared === 'number') {
    return { shapes: await run(declared, true), batch: declared };
  }
  const alone = () =>
    run(1, true).catch((error: unknown) => {
      if (error instanceof Refusal) return undefined;
      throw error;
    });
  try {
    const shapes = await run(2, false);
    const mixing = mixesInstances(graph, shapes);
    const single = mixing && (await alone());
    if (!single) return { shapes, batch: null };
    const sentence = `What ${nodeCalled(mixing)} does may rest on all instances of a run together, so instances are run one by one.`;
    findings.push({ code: 'batch-of-one', severity: 'info', sentence });
    return { shapes: single, batch: 1 };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const single = await alone();
    if (single === undefined) throw error;
    const sentence = 'The model runs with one instance at a time only, so instances are run one by one.';
    findings.push({ code: 'batch-of-one', severity: 'info', sentence });
    return { shapes: single, batch: 1 };
  }
}

function withFixedBatch(graph: Graph, input: ValueInfo, batch: number): Graph {
  const inputs = graph.inputs.map((info) =>
    info.name === input.name || info.name === MASK_INPUT
      ? { ...info, dims: [batch, ...info.dims.slice(1)] }
      : info,
  );
  return { ...graph, inputs };
}

function probeFeeds(
  graph: Graph,
  input: ValueInfo,
  layout: InputLayout,
  batch: number,
  steps: number,
): Tensors {
  const dims = probeDims(input, layout, batch, steps);
  const series = { [input.name]: probeValues(dims, input.dtype as 'float32') };
  if (!graph.inputs.some(({ name }) => name === MASK_INPUT)) return series;
  const masked = [batch, dims[layout.indexOf('T')]!];
  return { ...series, [MASK_INPUT]: float32(masked, new Float32Array(elementCount(masked)).fill(1)) };
}

/** Any values will do that are not all alike. */
function probeValues(dims: readonly number[], dtype: 'float32' | 'float64') {
  const values = Float64Array.from({ length: elementCount(dims) }, (_, i) => Math.sin(i * 12.9898) * 1.5);
  return dtype === 'float64' ? tensor('float64', dims, values) : float32(dims, Float32Array.from(values));
}
