import { type Answers, finiteAnswers } from '../../attribution/asker.ts';
import { askInGroups } from '../../attribution/askInGroups.ts';
import type { Graph } from '../../graph/graph.ts';
import { MASK_INPUT, maskedGraph } from '../../graph/masking/maskedGraph.ts';
import { passedOver, passedOverSentence } from '../../graph/masking/passedOver.ts';
import { mustStillDiffer } from '../../graph/masking/stillDiffers.ts';
import { rowsPerRun } from '../../graph/rowsPerRun.ts';
import type { Unavailable } from '../../padding/audit.ts';
import type { MaskedModel } from '../../padding/auditModel.ts';
import type { Case, InputShape } from '../../preprocess/case.ts';
import { Refusal } from '../../refusal.ts';
import type { OpenModel } from '../models.ts';
import { type PlainAnswers, withLogitsOnly } from './plainAnswers.ts';

const MOST_PER_RUN = 32;

/** The model with a mask after every layer, or in one sentence why it has none. */
export async function maskedModel(
  model: Pick<OpenModel, 'classifier' | 'runtime'>,
  shape: InputShape,
  plain: PlainAnswers,
): Promise<MaskedModel | Unavailable> {
  const { classifier } = model;
  const over = passedOver(classifier.graph, classifier.tracks, classifier.input);
  if (over.length > 0) return { unavailable: passedOverSentence(over) };
  let graph: Graph;
  try {
    graph = maskedGraph({ ...classifier.graph, ...withLogitsOnly(classifier) }, classifier.tracks, {
      name: classifier.input.name,
      steps: shape.steps,
    });
    if (classifier.maskInput === undefined) await mustStillDiffer(classifier, graph, model.runtime);
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
  { classifier, runtime }: Pick<OpenModel, 'classifier' | 'runtime'>,
  { steps }: InputShape,
  cases: readonly Case[],
): Promise<Answers> {
  const session = await runtime.load(graph, { planMemory: false });
  try {
    const masked = { ...classifier, maskInput: MASK_INPUT };
    const asking = {
      session,
      steps,
      logits: classifier.logits,
      most: rowsPerRun(classifier, MOST_PER_RUN),
      beforeRun: () => {},
    };
    return finiteAnswers(await askInGroups(masked, cases, asking), classifier.classes, classifier.outputIs);
  } finally {
    await session.dispose();
  }
}
