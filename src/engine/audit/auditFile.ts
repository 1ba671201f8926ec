import { basename } from 'node:path';
import type { Finding } from '../../finding.ts';
import { count } from '../../format.ts';
import type { Layer } from '../../graph/classifier.ts';
import { layerOrTensor } from '../../graph/layerOrTensor.ts';
import type { Audit } from '../../padding/audit.ts';
import { runAudit } from '../../padding/runAudit.ts';
import { matchFeatures } from '../../preprocess/featureOrder.ts';
import { stretchedFrom } from '../../preprocess/stretched.ts';
import { namedFeatures } from '../../project/namedFeatures.ts';
import { FEWEST } from '../../repair/needs.ts';
import type { Caches } from '../caches.ts';
import { ofOutputs } from '../classNames.ts';
import type { CallContext } from '../contract.ts';
import { modelFor } from '../explain.ts';
import { itsModel } from '../learnt/itsModel.ts';
import { learntFromThese } from '../learnt/learntCount.ts';
import { learntUnread } from '../learnt/learntUnread.ts';
import { learntFinding } from '../learnt/learntWords.ts';
import { outputChoice } from '../outputChoice.ts';
import { overlapNarrows } from '../overlap.ts';
import { saidOfData } from '../reading/saidOfData.ts';
import { readySteps } from '../readySteps.ts';
import type { AuditRequest } from '../requests.ts';
import { openSubject } from '../subject.ts';
import { version } from '../version.ts';
import { auditCases } from './auditCases.ts';
import { auditModelOf } from './auditModelOf.ts';
import { auditSample } from './auditSample.ts';
import { channelUnits } from './channelUnits.ts';
import { mixedLabels } from './mixedLabels.ts';

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
  const seed = request.seed ?? 1;
  const { positions, said } = request.instances
    ? { positions: request.instances, said: [] }
    : auditSample(subject, seed);
  const preparing = { ...context, report: () => report(OPENING_SHARE, 'Preparing') };
  const { cases, shape, noticed } = await auditCases(
    subject,
    { ...request, instances: positions },
    steps,
    preparing,
  );
  const learnt = await learntFromThese(subject.model, request, cases, context.signal);
  const model = await modelFor(caches, subject, request, shape.steps);
  const layer = request.layer === undefined ? undefined : layerOrTensor(model.classifier, request.layer);
  const { names: features } = matchFeatures(subject.dataset, shape.features, namedFeatures(subject.project));
  const open = { model, sessions: caches.sessions, shape, layer };
  let now = { share: 0, what: '' };
  let asked = 0;
  const auditModel = await auditModelOf(open, subject.names.names, (instances) => {
    context.signal?.throwIfAborted();
    asked += instances;
    // A sign of life within a long part, too: the host stops an engine that gives none.
    report(OPENING_SHARE + (1 - OPENING_SHARE) * now.share, `${now.what} (${count(asked, 'run')})`);
  });
  const ofThese = learnt.find(({ by, n, of }) => n === of || (by !== 'train' && of - n < FEWEST));
  try {
    const order = {
      cases,
      shape,
      units: channelUnits(steps, cases, shape, features),
      features,
      layer: layer?.name,
      seed,
      learnt: ofThese && { ...ofThese, isBeside: (await itsModel(ofThese, model)) !== undefined },
      edgePadded: steps.some((step) => step.kind === 'pad' && step.value === 'edge'),
      stretched: stretchedFrom(steps, subject.dataset.instances),
      provenance: {
        model: request.model,
        modelHash: model.hash,
        data: request.data,
        runtime: `${model.runtime.id} ${model.runtime.version}`,
        version,
      },
    };
    const audit = await runAudit(order, auditModel, (share, what) => {
      now = { share, what };
      report(OPENING_SHARE + (1 - OPENING_SHARE) * share, what);
    });
    const read = saidOfData(
      { findings: ofOutputs(subject.dataset.findings, subject.names) },
      noticed,
      subject.names.findings,
    );
    return {
      ...audit,
      preprocessing: [
        ...learntFinding(learnt),
        ...learntUnread(subject.model),
        ...outputChoice(model.classifier),
        ...overlapNarrows(subject.project, request.data),
        ...read,
        ...said,
        ...mixedLabels(cases, basename(request.data)),
        ...notLookedAt(layer),
        ...audit.preprocessing,
      ],
    };
  } finally {
    await auditModel.dispose();
  }
}

/** A layer that was asked for in vain. */
function notLookedAt(layer: Layer | undefined): Finding[] {
  if (layer?.reads !== null || layer === undefined) return [];
  const sentence = `Every position of ${layer.name} reads every step, so that the audit has no zones to tell apart there and looks at the layers below.`;
  return [{ code: 'layer-not-audited', severity: 'warning', sentence }];
}
