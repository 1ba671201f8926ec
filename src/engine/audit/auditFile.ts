import { labelIndex } from '../../data/labelIndex.ts';
import { layerOrTensor } from '../../graph/layerOrTensor.ts';
import type { Audit } from '../../padding/audit.ts';
import type { AuditCase } from '../../padding/auditCase.ts';
import { runAudit } from '../../padding/runAudit.ts';
import { matchFeatures } from '../../preprocess/featureOrder.ts';
import { Refusal } from '../../refusal.ts';
import type { AuditRequest, CallContext } from '../contract.ts';
import { modelFor, prepareOne, readySteps } from '../explain.ts';
import { type Caches, openSubject, type Subject } from '../subject.ts';
import { version } from '../version.ts';
import { auditModelOf } from './auditModelOf.ts';
import { channelUnits } from './channelUnits.ts';

/** Reading and preparing, as the progress shows it; the audit itself is the rest. */
const OPENING_SHARE = 0.1;

/**
 * The padding audit of a file, or of some of its instances.
 * @throws Refusal with one sentence, among them `lengths-differ` where the instances are not padded to one length
 */
export async function auditFile(caches: Caches, request: AuditRequest, context: CallContext): Promise<Audit> {
  const report = (share: number, what: string) => context.report?.(share, what);
  const subject = await openSubject(caches, request, {
    ...context,
    report: (share, what) => report(share * OPENING_SHARE, what),
  });
  const steps = await readySteps(caches, subject, context);
  const cases: AuditCase[] = [];
  for (const instance of chosen(subject, request.instances)) {
    const prepared = prepareOne(subject, instance, steps, request);
    if (prepared.x.length !== (cases[0]?.x.length ?? prepared.x.length)) throw lengthsDiffer();
    const label = labelIndex(instance.label ?? '', subject.names.names);
    cases.push({
      id: instance.id,
      index: instance.index,
      x: prepared.x,
      mask: prepared.mask.values,
      length: prepared.mask.length,
      label: label < 0 ? null : label,
    });
  }
  const shape = { features: subject.model.classifier.input.features, steps: cases[0]!.mask.length };
  const model = await modelFor(caches, subject, request, shape.steps);
  const layer = request.layer === undefined ? undefined : layerOrTensor(model.classifier, request.layer);
  const { names: features } = matchFeatures(subject.dataset, shape.features, subject.project?.data.features);
  const open = { model, sessions: caches.sessions, shape, layer };
  let now = { share: 0, what: '' };
  let asked = 0;
  const auditModel = auditModelOf(open, subject.names.names, (instances) => {
    context.signal?.throwIfAborted();
    asked += instances;
    // A sign of life within a long part, too: the host stops an engine that gives none.
    report(OPENING_SHARE + (1 - OPENING_SHARE) * now.share, `${now.what} (${asked} runs)`);
  });
  try {
    const order = {
      cases,
      shape,
      units: channelUnits(steps, cases, shape, features),
      features,
      layer: layer?.name,
      seed: request.seed ?? 1,
      provenance: {
        model: request.model,
        modelHash: model.hash,
        data: request.data,
        runtime: `${model.runtime.id} ${model.runtime.version}`,
        version,
      },
    };
    return await runAudit(order, auditModel, (share, what) => {
      now = { share, what };
      report(OPENING_SHARE + (1 - OPENING_SHARE) * share, what);
    });
  } finally {
    await auditModel.dispose();
  }
}

function chosen({ dataset }: Subject, positions: readonly number[] | undefined) {
  if (positions === undefined) return dataset.instances;
  if (positions.length === 0)
    throw new Refusal('no-such-instance', 'No instance was named, so there is nothing to audit.');
  return positions.map((position) => {
    const instance = dataset.instances[position];
    if (instance) return instance;
    throw new Refusal(
      'no-such-instance',
      `There is no instance ${position}: the file has ${dataset.instances.length}, 0 to ${dataset.instances.length - 1}.`,
    );
  });
}

function lengthsDiffer(): Refusal {
  return new Refusal(
    'lengths-differ',
    'The instances are not padded to one length, so there is no padding to audit; add { "pad": { "to": … } } to "preprocess" in attribution.json.',
  );
}
