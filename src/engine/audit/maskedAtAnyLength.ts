import type { Graph } from '../../graph/graph.ts';
import { maskedGraph } from '../../graph/masking/maskedGraph.ts';
import { differsBetweenLengths } from '../../graph/masking/sameAtAnyLength.ts';
import { Refusal } from '../../refusal.ts';
import type { Models, OpenModel } from '../models.ts';

/** Beyond those the model was described for: odd and even, and no multiple of a usual stride. */
const MORE_STEPS = [1, 3, 62];

/**
 * The masked model of one that takes any number of steps, for any number of steps as well.
 * @throws Refusal `cannot-mask` naming where the model lies over the steps by no rule that holds for all
 */
export async function maskedAtAnyLength(models: Models, model: OpenModel): Promise<Graph> {
  const { classifier, path, runtime, hints } = model;
  const { graph, tracks, input, shapes } = classifier;
  const steps = shapes.dims(input.name)![input.layout.indexOf('T')]!;
  const seen = new Set<string>();
  const masked = maskedGraph(graph, tracks, { name: input.name, steps, free: seen });
  if (graph.opset < 11 && masked.nodes.some(({ op }) => op === 'Range')) {
    throw notForAll(`ONNX opset ${graph.opset} cannot count positions; from 11 on it can`);
  }
  for (const more of MORE_STEPS) {
    const asked = { path, prefer: runtime.id, ...hints, layout: input.layout, steps: steps + more };
    const other = await models.open(asked).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      throw notForAll(`it does not run with ${steps + more} steps`);
    });
    const where = differsBetweenLengths(classifier, other.classifier, seen);
    if (where !== undefined) throw notForAll(`what "${where}" reads follows another rule for another number`);
  }
  return masked;
}

function notForAll(why: string): Refusal {
  return new Refusal(
    'cannot-mask',
    `The model takes any number of steps, and its masks cannot be written for all of them: ${why}. Export it for a fixed number of steps and mask that, or give it real steps alone.`,
  );
}
