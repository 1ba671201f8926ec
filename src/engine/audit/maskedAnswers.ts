import { type Answers, finiteAnswers } from '../../attribution/asker.ts';
import { askInGroups } from '../../attribution/askInGroups.ts';
import { MASK_INPUT, maskedGraph } from '../../graph/masking/maskedGraph.ts';
import { passedOver, passedOverSentence } from '../../graph/masking/passedOver.ts';
import { mustStillDiffer } from '../../graph/masking/stillDiffers.ts';
import { rowsPerRun } from '../../graph/rowsPerRun.ts';
import type { LoadedGraph } from '../../graph/runtime.ts';
import type { Unavailable } from '../../padding/audit.ts';
import type { MaskedModel } from '../../padding/auditModel.ts';
import type { Case, InputShape } from '../../preprocess/case.ts';
import { Refusal } from '../../refusal.ts';
import type { OpenModel } from '../models.ts';
import { type PlainAnswers, withLogitsOnly } from './plainAnswers.ts';

const MOST_PER_RUN = 32;

/** The masked model of an audit, loaded once; to be disposed of. */
type OpenMasked = MaskedModel & Pick<LoadedGraph, 'dispose'>;

/** The model with a mask after every layer, or in one sentence why it has none. */
export async function maskedModel(
  model: Pick<OpenModel, 'classifier' | 'runtime'>,
  shape: InputShape,
  plain: PlainAnswers,
): Promise<OpenMasked | Unavailable> {
  const { classifier, runtime } = model;
  const over = passedOver(classifier.graph, classifier.tracks, classifier.input);
  if (over.length > 0) return { unavailable: passedOverSentence(over) };
  let session: LoadedGraph | undefined;
  try {
    const graph = maskedGraph({ ...classifier.graph, ...withLogitsOnly(classifier) }, classifier.tracks, {
      name: classifier.input.name,
      steps: shape.steps,
    });
    const open = await runtime.load(graph, { planMemory: false });
    session = open;
    if (classifier.maskInput === undefined) await mustStillDiffer(classifier, graph, runtime, open);
    return {
      plain: (cases) => plain.ask(cases, shape.steps),
      masked: (cases) => run(open, classifier, shape, cases),
      dispose: () => open.dispose(),
    };
  } catch (reason) {
    await session?.dispose();
    if (reason instanceof Refusal) return { unavailable: reason.message };
    throw reason;
  }
}

async function run(
  session: LoadedGraph,
  classifier: OpenModel['classifier'],
  { steps }: InputShape,
  cases: readonly Case[],
): Promise<Answers> {
  const masked = { ...classifier, maskInput: MASK_INPUT };
  const asking = {
    session,
    steps,
    logits: classifier.logits,
    most: rowsPerRun(classifier, MOST_PER_RUN),
    beforeRun: () => {},
  };
  return finiteAnswers(await askInGroups(masked, cases, asking), classifier.classes, classifier.outputIs);
}
