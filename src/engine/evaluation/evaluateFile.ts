import type { Explanation } from '../../attribution/explanation.ts';
import { methodNamed } from '../../attribution/methods.ts';
import { labelIndex } from '../../data/labelIndex.ts';
import type { Evaluation } from '../../evaluation/evaluation.ts';
import type { ExplainedCase } from '../../evaluation/explainedCase.ts';
import { MOST_JUDGED } from '../../evaluation/mostJudged.ts';
import { rankingOf } from '../../evaluation/rankingOf.ts';
import { type CellReplacement, REPLACEMENTS } from '../../evaluation/replacement.ts';
import { type EvaluationOrder, runEvaluation, sample } from '../../evaluation/runEvaluation.ts';
import { parseTruth, salientCells } from '../../evaluation/truthFile.ts';
import { count } from '../../format.ts';
import { untouched } from '../../padding/ask.ts';
import { oneAnswerFindings } from '../../padding/oneAnswer.ts';
import { createRandom } from '../../random.ts';
import { Refusal } from '../../refusal.ts';
import { channelUnits } from '../audit/channelUnits.ts';
import { PlainAnswers } from '../audit/plainAnswers.ts';
import type { Caches } from '../caches.ts';
import type { CallContext } from '../contract.ts';
import { explainMany, modelFor, prepareOne } from '../explain.ts';
import { learntFromThese } from '../learnt/learntCount.ts';
import { learntUnread } from '../learnt/learntUnread.ts';
import { learntFinding } from '../learnt/learntWords.ts';
import { needsClasses } from '../needsClasses.ts';
import { outputChoice } from '../outputChoice.ts';
import { overlapNarrows } from '../overlap.ts';
import { SaidOfSeries, saidOfData } from '../reading/saidOfData.ts';
import { readySteps } from '../readySteps.ts';
import type { EvaluateRequest } from '../requests.ts';
import { openSubject } from '../subject.ts';
import { completenessCheck } from './completenessCheck.ts';
import { randomisedMaps } from './randomisedMaps.ts';
import { weightStages } from './weightStages.ts';

/** Explaining, as the progress shows it; judging is the rest. */
const EXPLAINING_SHARE = 0.15;

/**
 * Judges the maps of a file, or of some of its instances, as one method gives them.
 * @throws Refusal with one sentence, among them `lengths-differ` where the instances are not padded to one length
 */
export async function evaluateFile(
  caches: Caches,
  request: EvaluateRequest,
  context: CallContext,
): Promise<Evaluation> {
  if (request.maskedModel) throw maskedModel();
  if (request.against !== undefined || request.negative) throw contrast();
  const report = (share: number, what: string) => context.report?.(share, what);
  if (request.truth && !request.truth.found) {
    parseTruth(request.truth.text, request.truth.name, request.truth.member);
  }
  const opening = {
    ...context,
    report: (share: number, what: string) => report(share * EXPLAINING_SHARE, what),
  };
  const subject = await openSubject(caches, request, opening);
  needsClasses(subject, 'The evaluation of a map');
  const wanted = request.instances ?? subject.dataset.instances.map((_, position) => position);
  if (wanted.length === 0) {
    throw new Refusal('no-such-instance', 'No instance was named, so there is no map to judge.');
  }
  const drawing = createRandom((request.seed ?? 1) * 64 + 31);
  const positions = sample(wanted, request.most ?? MOST_JUDGED, drawing);
  const cases: ExplainedCase[] = [];
  const sums: (Explanation['completeness'] | undefined)[] = [];
  let first: Explanation | undefined;
  for await (const batch of explainMany(caches, request, positions, opening)) {
    first ??= batch[0];
    cases.push(...batch.map(caseOf));
    sums.push(...batch.map(({ completeness }) => completeness));
  }
  if (!first) throw new Error('explaining some instances gave none');
  if (cases.some(({ x }) => x.length !== cases[0]!.x.length)) throw lengthsDiffer();
  const { features } = first.signals;
  const shape = { features: features.length, steps: first.padding.mask.length };
  const model = await modelFor(caches, subject, request, shape.steps);
  const stages = weightStages(model.classifier, first.layer.tensor).map((stage, place) => ({
    ...stage,
    place,
  }));
  let now = { share: 0, what: '' };
  let asked = 0;
  const alive = (runs: number) => {
    context.signal?.throwIfAborted();
    asked += runs;
    // A sign of life within a long part, too: the host stops an engine that gives none.
    report(EXPLAINING_SHARE + (1 - EXPLAINING_SHARE) * now.share, `${now.what} (${count(asked, 'run')})`);
  };
  const quiet: CallContext = { signal: context.signal, report: () => alive(0) };
  const answers = new PlainAnswers(model.classifier, model.runtime, shape.steps, alive);
  try {
    const steps = await readySteps(caches, subject, context);
    const method = methodNamed(first.how.method);
    const units = channelUnits(steps, cases, shape, features);
    const order = {
      cases,
      of: wanted.length,
      shape,
      units,
      classes: subject.names.names,
      how: first.how,
      methodLabel: method.label,
      ranking: rankingOf(method.id),
      bottleneck: first.layer.marks.some((mark) => mark.includes('bottleneck') || mark === 'one channel'),
      replacements: request.replacements ?? different(units),
      truth: truthOf(request.truth, cases, features),
      slow: !method.isQuick,
      draws: request.draws,
      allWeightsOnly: request.allWeightsOnly,
      seed: request.seed ?? 1,
      provenance: first.provenance,
    };
    const asks = {
      ask: answers.ask.bind(answers),
      stages,
      randomisedMaps: async (some: readonly ExplainedCase[], which: readonly number[], draw: number) => {
        alive(some.length);
        return randomisedMaps(
          caches,
          request,
          some,
          which.map((i) => stages[i]!),
          draw,
          quiet,
        );
      },
      completeness: (some: readonly ExplainedCase[]) =>
        completenessCheck(caches, request, model, { ...first, sums }, some, quiet),
    };
    const found = await runEvaluation(order, asks, (share, what) => {
      now = { share, what };
      alive(0);
    });
    const learnt = await learntFromThese(subject.model, request, cases, context.signal);
    const noticed = new SaidOfSeries();
    for (const { index } of cases) {
      noticed.add(prepareOne(subject, subject.dataset.instances[index]!, steps, request));
    }
    const findings = [
      ...oneAnswerFindings(cases, await answers.ask(untouched(cases), shape.steps)),
      ...learntFinding(learnt),
      ...learntUnread(subject.model),
      ...outputChoice(model.classifier),
      ...overlapNarrows(subject.project, request.data),
      ...saidOfData(subject.dataset, noticed.findings, subject.names.findings),
    ];
    return findings.length === 0 ? found : { ...found, findings };
  } finally {
    await answers.dispose();
  }
}

/** What an explanation says of a map, for those who judge it. */
export function caseOf({ instance, prediction, target, padding, signals, map }: Explanation): ExplainedCase {
  return {
    id: instance.id,
    index: instance.index,
    x: signals.input,
    mask: padding.mask,
    length: padding.length,
    label: labelOf(instance.label, prediction.classes),
    target: target.index,
    probability: prediction.probabilities?.[target.index] ?? Number.NaN,
    logit: prediction.logits[target.index]!,
    map,
  };
}

function labelOf(label: string | undefined, classes: readonly string[]): number | null {
  const index = labelIndex(label ?? '', classes);
  return index < 0 ? null : index;
}

/** On standardised data zero is the channel mean. */
function different(units: EvaluationOrder['units']): readonly CellReplacement[] {
  const same = units.mean.every((mean) => mean === 0);
  return REPLACEMENTS.filter((replacement) => !same || replacement !== 'zero');
}

/** [F, T] per case; null without a truth, a sentence for one that was found and cannot be used. */
function truthOf(
  given: EvaluateRequest['truth'],
  cases: readonly ExplainedCase[],
  features: readonly string[],
): EvaluationOrder['truth'] {
  if (!given) return null;
  try {
    const truth = parseTruth(given.text, given.name, given.member);
    return cases.map((one) => salientCells(truth, one, features, given.name));
  } catch (reason) {
    if (!given.found || !(reason instanceof Refusal)) throw reason;
    return reason.message;
  }
}

function contrast(): Refusal {
  return new Refusal(
    'contrast',
    'A map against another class, or of what speaks against one, is not judged: deletion and insertion look at one class; evaluate the map of the class alone.',
  );
}

function maskedModel(): Refusal {
  return new Refusal(
    'masked-model',
    'The masked model is a different model, whose maps are not judged; turn Masked Model off and evaluate the map of your own model.',
  );
}

function lengthsDiffer(): Refusal {
  return new Refusal(
    'lengths-differ',
    'The instances are not padded to one length, so their maps are not judged together; evaluate one instance, or add { "pad": { "to": … } } to "preprocess" in attribution.json.',
  );
}
