import { measuredValue } from '../attribution/answerWords.ts';
import type { InstanceMap } from '../attribution/explainInstances.ts';
import type { Explanation } from '../attribution/explanation.ts';
import type { FullHow } from '../attribution/how.ts';
import type { ExplainedLayer } from '../attribution/inputLayer.ts';
import type { Dataset, Instance } from '../data/dataset.ts';
import type { Finding } from '../finding.ts';
import { type FeatureOrder, matchFeatures } from '../preprocess/featureOrder.ts';
import type { Prepared } from '../preprocess/prepared.ts';
import { namedFeatures } from '../project/namedFeatures.ts';
import { ofOutputs, unknownLabel } from './classNames.ts';
import type { OpenModel } from './models.ts';
import { otherRuntime } from './otherRuntime.ts';
import { projectAbove } from './projectAbove.ts';
import { putRaw } from './rawSeries.ts';
import type { ExplainRequest } from './requests.ts';
import type { Subject } from './subject.ts';
import { version } from './version.ts';

/** All that is known about one instance, put together for the views. */
export function assemble(
  subject: Subject,
  request: ExplainRequest,
  model: OpenModel,
  layer: ExplainedLayer,
  how: FullHow,
  { instance, prepared }: { readonly instance: Instance; readonly prepared: Prepared },
  result: InstanceMap,
  more: readonly Finding[],
): Explanation {
  const { dataset, names } = subject;
  const order = matchFeatures(dataset, prepared.features, namedFeatures(subject.project));
  const { logits, probabilities, predicted, target, native, map, zones, shares } = result;
  const { axes: _, positions: __, reads: ___, ...summary } = layer;
  const named = (index: number) => ({ index, name: names.names[index] ?? `class ${index}` });
  return {
    instance: {
      id: instance.id,
      index: instance.index,
      of: dataset.instances.length,
      label: names.values ? measuredAt(instance, target) : instance.label,
      ...(instance.file !== undefined && { file: instance.file }),
      lines: linesPerColumn(instance, prepared),
    },
    prediction: {
      ...{ logits, predicted, classes: names.names },
      ...(probabilities && { probabilities }),
      ...(names.values && { values: names.values }),
    },
    target: {
      ...named(target),
      ...(result.against !== undefined && { against: named(result.against) }),
      ...(how.negative && { negative: true }),
    },
    layer: summary,
    how,
    map,
    native,
    zones,
    shares,
    padding: {
      mask: prepared.mask,
      length: prepared.length,
      origin: prepared.origin,
    },
    signals: {
      features: order.names,
      input: prepared.x,
      raw: instance.prepared ? undefined : rawSignals(instance, prepared, order),
    },
    ...stepTimes(dataset, instance, prepared),
    ...(result.completeness && { completeness: result.completeness }),
    ...(result.classMaps && {
      classMaps: result.classMaps.map((one) => ({ ...one, target: named(one.target) })),
    }),
    findings: distinct([
      ...ofOutputs(dataset.findings, names),
      ...projectAbove(subject.project, request.data),
      ...prepared.findings,
      ...unknownLabel(instance.label, names),
      ...names.findings,
      ...model.classifier.findings,
      ...otherRuntime(request.prefer, model.runtimeNote),
      ...(layer.note === undefined
        ? []
        : [{ code: 'layer-note', severity: 'info', sentence: layer.note } as const]),
      ...result.findings,
      ...more,
    ]),
    provenance: {
      model: request.model,
      modelHash: model.hash,
      data: request.data,
      runtime: `${model.runtime.id} ${model.runtime.version}`,
      version,
      ...(subject.preprocess !== undefined && { preprocess: subject.preprocess }),
    },
  };
}

/** The number that was measured for an output, where the file has one for it; a label in words as it stands. */
function measuredAt({ measured, label }: Instance, output: number): string | undefined {
  const several = (measured ?? label)?.split(' ') ?? [];
  const isNumbers = measured !== undefined || several.every((part) => measuredValue(part) !== undefined);
  return isNumbers ? several[output] : label;
}

/** [T] lines of the file, 0 on padding. */
function linesPerColumn({ lines, line }: Instance, { source }: Prepared): Int32Array {
  return Int32Array.from(source, (step) => (step < 0 ? 0 : (lines?.[step] ?? line ?? 0)));
}

/** When each column was; nothing where the times only count the steps. */
function stepTimes(
  { time }: Dataset,
  { times }: Instance,
  { source }: Prepared,
): Pick<Explanation, 'time'> | undefined {
  if (!time || !times || times.every((value, step) => value === step)) return undefined;
  return { time: { ...time, values: Float64Array.from(source, (step) => times[step] ?? Number.NaN) } };
}

/** [F, T] in the file's units and the model's order, NaN where padding was put in. */
function rawSignals(instance: Instance, prepared: Prepared, order: FeatureOrder): Float32Array {
  const raw = new Float32Array(prepared.features * prepared.steps).fill(Number.NaN);
  putRaw(raw, instance, prepared, order);
  return raw;
}

function distinct(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [finding.sentence, finding])).values()];
}
