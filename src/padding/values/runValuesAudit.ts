import type { Answers } from '../../attribution/asker.ts';
import { outputByDefault } from '../../attribution/outputByDefault.ts';
import type { ValuesOut } from '../../graph/foundLogits.ts';
import type { ReportProgress } from '../../progress.ts';
import { createRandom } from '../../random.ts';
import type { Audit, Verdict } from '../audit.ts';
import { auditedInstances, commonSide } from '../auditedInstances.ts';
import type { AuditModel } from '../auditModel.ts';
import type { AuditOrder } from '../auditOrder.ts';
import { batchNormFindings } from '../batchNormShift.ts';
import { type InstanceFacts, instanceFacts } from '../instanceFacts.ts';
import { layerFacts } from '../layerFacts.ts';
import { preprocessingChecks } from '../preprocessingChecks.ts';
import { comparing, mapped, NOTHING_TO_CHANGE, noneIsPadded } from '../unpadded.ts';
import { mapShows } from '../verdicts/mapShows.ts';
import { maskedChange, valueAt, valueChanges } from './valueChanges.ts';
import { movedVerdict } from './valueWords.ts';

/** What counts classes, as the audit of a classifier calls it. */
const LEFT_OUT = [
  'length evidence (contents swapped between lengths of the same class)',
  'length response and the length-only baseline (shares of classes)',
  'flips and balanced accuracy',
  'what value and place of the padding give away of the class',
  'the curve of a probability over the padded length',
  'the split of a logit into real steps and padding',
];
const NOT_ASKED = 'Not asked, since it counts classes and the outputs of this model are numbers.';

/**
 * The audit of a model whose outputs are numbers: how far an output moves under every change of the padding, in its own
 * units and in standard deviations of the answers; what the map shows; what the preprocessing shows. Nothing is decided by
 * a threshold: none was measured for numbers.
 * @param answers to the untouched cases
 */
export async function runValuesAudit(
  order: AuditOrder,
  model: AuditModel,
  values: ValuesOut,
  answers: Answers,
  report: ReportProgress,
): Promise<Audit> {
  const { cases, shape, units, seed } = order;
  const random = (part: number) => createRandom(seed * 64 + part);
  const outputs = Int32Array.from(cases, (one, i) =>
    outputByDefault(values, one, answers.logits.subarray(i * answers.classes, (i + 1) * answers.classes)),
  );
  const said = Float32Array.from(cases, (_, i) => valueAt(answers, i, outputs));
  const watched = { cases, answers, shape, units, outputs, sd: sdOf(said) };
  report(0.06, comparing(cases, shape, 'Comparing maps'));
  const seen = model.layers.map((): InstanceFacts[] => []);
  await model.maps(mapped(cases, shape), outputs, (layer, found) => seen[layer]!.push(instanceFacts(found)));
  const maps = model.layers.map((layer, i) => layerFacts(layer.name, seen[i]!, false));
  const looked = model.layers.find((layer) => layer.name === order.layer) ?? model.layers[0];
  report(0.3, 'Changing the padding');
  const changes = await valueChanges(watched, values, model.ask, random(2));
  report(0.9, 'Masking every layer');
  const maskedModel = noneIsPadded(cases, shape) ? NOTHING_TO_CHANGE : model.masked;
  changes.push(
    'unavailable' in maskedModel
      ? { intervention: 'mask_every_layer', unavailable: maskedModel.unavailable }
      : await maskedChange(watched, maskedModel, random(5)),
  );
  const facts = seen[looked ? model.layers.indexOf(looked) : 0] ?? [];
  const padded = cases.filter((one) => one.length < shape.steps).length;
  const preprocessing = [
    ...preprocessingChecks({
      cases,
      shape,
      features: order.features,
      rawZero: units.rawZero,
      edgePadded: order.edgePadded,
    }),
    ...batchNormFindings(await model.batchNorms(cases)),
  ];
  const notAsked = { unavailable: NOT_ASKED };
  report(1, 'Done');
  return {
    instances: auditedInstances(cases, { ...answers, predicted: outputs }, [], facts),
    classes: model.classes,
    ...{ chance: 0, accuracy: null, balancedAccuracy: null },
    padSide: commonSide(cases),
    steps: shape.steps,
    maps,
    ...{ logitSplit: notAsked, carrier: [], lengthSweep: notAsked, lengthEvidence: notAsked },
    ...{ lengthResponse: notAsked, lengthOnlyBaseline: notAsked, masked: notAsked },
    carrierEvidence: { value: notAsked, side: notAsked },
    preprocessing,
    verdicts: {
      ...{ lengthEvidence: NONE, carrierDependence: NONE },
      layout: movedVerdict({ changes }, true),
      look: movedVerdict({ changes }, false),
      mapArtefact: mapShows(
        maps.find((one) => one.layer === looked?.name),
        cases.length,
        padded,
      ),
    },
    advice: [],
    values: {
      output: outputWords(values, model.classes),
      answers: said,
      sd: watched.sd,
      changes,
      leftOut: LEFT_OUT,
    },
    seed,
    provenance: order.provenance,
  };
}

const NONE: Verdict<'cannot tell'> = { answer: 'cannot tell', reason: NOT_ASKED, numbers: {} };

function outputWords({ steps, channels, perStep, softmax }: ValuesOut, names: readonly string[]): string {
  if (steps === null) return channels === 1 ? 'the output' : names[0]!;
  const step = perStep ? 'the last real step' : 'the last step';
  return softmax ? `the likeliest class at ${step}` : channels === 1 ? step : `the first channel at ${step}`;
}

/** Standard deviation over the instances, n − 1; null where there is none. */
function sdOf(values: Float32Array): number | null {
  if (values.length < 2) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return variance > 0 ? Math.sqrt(variance) : null;
}
