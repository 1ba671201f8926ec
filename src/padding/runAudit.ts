import type { Case } from '../preprocess/case.ts';
import type { ReportProgress } from '../progress.ts';
import { createRandom } from '../random.ts';
import { adviceFor } from './advice.ts';
import { untouched } from './ask.ts';
import type { Audit } from './audit.ts';
import { auditedInstances, commonSide } from './auditedInstances.ts';
import type { AuditModel } from './auditModel.ts';
import type { AuditOrder } from './auditOrder.ts';
import { balancedEstimate } from './balancedEstimate.ts';
import type { Baseline } from './baseline.ts';
import { batchNormFindings } from './batchNormShift.ts';
import { carrierDependence } from './carrier.ts';
import { carrierEvidence } from './carrierEvidence.ts';
import { mean, wilsonRate } from './estimate.ts';
import { type InstanceFacts, instanceFacts } from './instanceFacts.ts';
import { layerFacts } from './layerFacts.ts';
import { lengthEvidence } from './lengthEvidence.ts';
import { lengthOnlyBaseline } from './lengthOnlyBaseline.ts';
import { lengthSweep } from './lengthSweep.ts';
import { logitSplit } from './logitSplit.ts';
import { maskedRun } from './maskedRun.ts';
import { oneAnswerFindings } from './oneAnswer.ts';
import { preprocessingChecks } from './preprocessingChecks.ts';
import { comparing, mapped, NOTHING_TO_CHANGE, noneIsPadded } from './unpadded.ts';
import { runValuesAudit } from './values/runValuesAudit.ts';
import { verdictsOf } from './verdicts/verdictsOf.ts';

const MOST_SAID = 6;

/**
 * The three verdicts and every number behind them. Deterministic for a seed: each part draws from a source of its own,
 * so that adding a part moves no other figure.
 */
export async function runAudit(order: AuditOrder, model: AuditModel, report: ReportProgress): Promise<Audit> {
  const { cases, shape, units, seed } = order;
  const random = (part: number) => createRandom(seed * 64 + part);
  const none = noneIsPadded(cases, shape);
  report(0.02, none ? 'No instance is padded: predicting' : 'Predicting');
  const answers = await model.ask(untouched(cases), shape.steps);
  const one = oneAnswerFindings(cases, answers);
  if (model.values) {
    const audit = await runValuesAudit(order, model, model.values, answers, report);
    return { ...audit, preprocessing: [...one, ...audit.preprocessing] };
  }
  const { predicted } = answers;
  const baseline: Baseline = { cases, answers, shape, units };
  report(0.06, comparing(cases, shape, 'Comparing maps of all classes'));
  const seen = model.layers.map((): InstanceFacts[] => []);
  await model.maps(mapped(cases, shape), predicted, (layer, found) =>
    seen[layer]!.push(instanceFacts(found)),
  );
  const maps = model.layers.map((layer, i) => layerFacts(layer.name, seen[i]!, layer.bottleneck));
  const looked = model.layers.find((layer) => layer.name === order.layer) ?? model.layers[0];
  const head = none ? NOTHING_TO_CHANGE : model.head;
  const split =
    'unavailable' in head ? head : logitSplit(head.layer, await model.split(cases, predicted), random(1));
  report(0.2, 'Changing what the padding looks like');
  const carrier = await carrierDependence(baseline, model.ask, random(2));
  report(0.45, 'Changing the padded length');
  const sweep = none ? NOTHING_TO_CHANGE : await lengthSweep(baseline, model.ask, random(3));
  report(0.6, 'Swapping content and length between instances');
  const { evidence, response } = await lengthEvidence(
    cases,
    predicted,
    model.classes.length,
    shape,
    model.ask,
    random(4),
    { stretched: order.stretched },
  );
  const carried = await carrierEvidence(cases, predicted, shape, model.ask, random(7));
  report(0.9, 'Masking every layer');
  const maskedModel = none ? NOTHING_TO_CHANGE : model.masked;
  const masked =
    'unavailable' in maskedModel ? maskedModel : await maskedRun(cases, predicted, maskedModel, random(5));
  const labelled = cases.filter((one) => one.label !== null);
  const known = labelled.length === cases.length;
  const correct = cases.map((one, i) => (one.label === predicted[i] ? 1 : 0));
  const draft: Omit<Audit, 'advice'> = {
    instances: auditedInstances(
      cases,
      answers,
      carrier,
      seen[looked ? model.layers.indexOf(looked) : 0] ?? [],
    ),
    classes: model.classes,
    chance: 1 / (known ? new Set(cases.map(({ label }) => label)).size : model.classes.length),
    ...unknownLabels(cases),
    ...(labelled.length > 0 && !known && { unlabelled: cases.length - labelled.length }),
    accuracy: known ? wilsonRate(mean(correct), cases.length) : null,
    balancedAccuracy: known
      ? balancedEstimate(
          correct,
          cases.map((one) => one.label!),
        )
      : null,
    padSide: commonSide(cases),
    steps: shape.steps,
    maps,
    logitSplit: split,
    carrier,
    lengthSweep: sweep,
    lengthEvidence: evidence,
    lengthResponse: response,
    carrierEvidence: carried,
    lengthOnlyBaseline: lengthOnlyBaseline(
      labelled.map((one) => one.length),
      labelled.map((one) => one.label!),
      random(6),
    ),
    masked,
    preprocessing: [
      ...one,
      ...preprocessingChecks({
        cases,
        shape,
        features: order.features,
        rawZero: units.rawZero,
        edgePadded: order.edgePadded,
      }),
      ...batchNormFindings(await model.batchNorms(cases)),
    ],
    verdicts: verdictsOf({
      layer: maps.find((facts) => facts.layer === looked?.name),
      carrier,
      carrierEvidence: carried,
      lengthEvidence: evidence,
      lengthResponse: response,
      classes: model.classes,
      instances: cases.length,
      padded: cases.filter((one) => one.length < shape.steps).length,
    }),
    seed,
    provenance: order.provenance,
  };
  report(1, 'Done');
  return {
    ...draft,
    advice: adviceFor(draft, {
      ...model.graph,
      receptiveField: looked?.receptiveField ?? null,
      ...(order.learnt && { learnt: order.learnt }),
    }),
  };
}

function unknownLabels(cases: readonly Case[]): Pick<Audit, 'unknownLabels'> {
  const found = [...new Set(cases.flatMap(({ unknownLabel }) => unknownLabel ?? []))];
  return found.length === 0 ? {} : { unknownLabels: found.slice(0, MOST_SAID) };
}
