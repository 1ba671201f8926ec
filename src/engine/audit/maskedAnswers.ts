import { modelFeed } from '../../attribution/modelFeed.ts';
import type { Graph } from '../../graph/graph.ts';
import { MASK_INPUT, maskedGraph } from '../../graph/masking/maskedGraph.ts';
import { float32 } from '../../graph/tensor.ts';
import type { Unavailable } from '../../padding/audit.ts';
import type { AuditCase, InputShape } from '../../padding/auditCase.ts';
import type { LogitAnswers, MaskedModel } from '../../padding/auditModel.ts';
import { Refusal } from '../../refusal.ts';
import type { OpenModel } from '../models.ts';
import { answersOf, logitsOf, type PlainAnswers, withLogitsOnly } from './plainAnswers.ts';

/** The model with a mask after every layer, or in one sentence why it has none. */
export function maskedModel(
  model: OpenModel,
  shape: InputShape,
  plain: PlainAnswers,
): MaskedModel | Unavailable {
  const { classifier } = model;
  let graph: Graph;
  try {
    graph = maskedGraph({ ...classifier.graph, ...withLogitsOnly(classifier) }, classifier.tracks, {
      name: classifier.input.name,
      steps: shape.steps,
    });
  } catch (reason) {
    if (reason instanceof Refusal) return { unavailable: reason.message };
    throw reason;
  }
  return {
    plain: (cases) => plain.ask(cases, shape.steps),
    masked: (cases) => run(graph, model, shape, cases),
  };
}

async function run(
  graph: Graph,
  { classifier, runtime }: OpenModel,
  { features, steps }: InputShape,
  cases: readonly AuditCase[],
): Promise<LogitAnswers> {
  const session = await runtime.load(graph);
  const mask = new Float32Array(cases.length * steps);
  cases.forEach((one, i) => {
    mask.set(one.mask, i * steps);
  });
  const feeds = {
    [classifier.input.name]: modelFeed(
      cases.map((one) => one.x),
      features,
      steps,
      classifier.input.layout,
    ),
    [MASK_INPUT]: float32([cases.length, steps], mask),
  };
  try {
    const logits = await logitsOf(session, feeds, classifier);
    return answersOf(logits, classifier.classes, classifier.outputIs);
  } finally {
    await session.dispose();
  }
}
