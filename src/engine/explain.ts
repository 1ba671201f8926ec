import { explainPrepared } from '../attribution/explainInstances.ts';
import type { Explanation } from '../attribution/explanation.ts';
import type { MethodOptions } from '../attribution/methodOptions.ts';
import { methodNamed } from '../attribution/methods.ts';
import type { Target } from '../attribution/score.ts';
import type { Instance } from '../data/dataset.ts';
import { prepare } from '../preprocess/prepare.ts';
import type { Prepared } from '../preprocess/prepared.ts';
import { edited } from '../preprocess/seriesEdit.ts';
import type { ReadyStep } from '../preprocess/step.ts';
import type { ReportProgress } from '../progress.ts';
import { namedFeatures } from '../project/namedFeatures.ts';
import { Refusal } from '../refusal.ts';
import { assemble } from './assemble.ts';
import type { Caches } from './caches.ts';
import { type ClassNames, nameAnswers, targetOf } from './classNames.ts';
import type { CallContext } from './contract.ts';
import { howToExplain, withWayOut } from './howToExplain.ts';
import { inputNormFindings } from './inputNormFindings.ts';
import { learntOne } from './learnt/learntOne.ts';
import { learntUnread } from './learnt/learntUnread.ts';
import { maskedFindings } from './maskedFindings.ts';
import type { OpenModel } from './models.ts';
import { readySteps } from './readySteps.ts';
import type { ExplainRequest } from './requests.ts';
import { openSubject, type Subject } from './subject.ts';

/** Instances that are prepared and computed together; bounds what is held at once. */
const groupSize = 32;

/**
 * Explains instances of one file, in order, some at a time.
 * @param instances positions in the file
 * @throws Refusal with one sentence; what came before it stands
 */
export async function* explainMany(
  caches: Caches,
  request: ExplainRequest,
  instances: readonly number[],
  context: CallContext,
): AsyncGenerator<Explanation[]> {
  // Reading is most of the work, unless the method takes many runs.
  const isLong = request.method !== undefined && methodNamed(request.method)?.isQuick === false;
  const reading = isLong ? 0.05 : 0.7;
  const whileReading: CallContext = {
    ...context,
    report: (share, what) => context.report?.((share * reading) / 0.7, what),
  };
  const subject = await openSubject(caches, request, whileReading);
  const target = targetOf(request, subject.names);
  const steps = await readySteps(caches, subject, whileReading);
  for (let from = 0; from < instances.length; from += groupSize) {
    context.signal?.throwIfAborted();
    const group = instances.slice(from, from + groupSize).map((position) => {
      const instance = instanceAt(subject, position);
      const prepared = edited(prepareOne(subject, instance, steps, request), request.edits ?? []);
      return { instance, prepared };
    });
    const report: ReportProgress = (share, what) =>
      context.report?.(reading + ((1 - reading) * (from + share * group.length)) / instances.length, what);
    report(0, 'Computing maps');
    const task = { subject, request, target, steps, report, signal: context.signal };
    yield await explainGroup(caches, task, group);
  }
}

/** One instance of a file. @throws Refusal as explainMany does */
export async function explainOne(
  caches: Caches,
  request: ExplainRequest,
  context: CallContext,
): Promise<Explanation> {
  for await (const [explanation] of explainMany(caches, request, [request.instance ?? 0], context)) {
    return explanation!;
  }
  throw new Error('explaining one instance gave none');
}

interface GroupTask {
  readonly subject: Subject;
  readonly request: ExplainRequest;
  readonly target: Target;
  readonly steps: readonly ReadyStep[];
  readonly report: ReportProgress;
  readonly signal?: AbortSignal;
}

interface Item {
  readonly instance: Instance;
  readonly prepared: Prepared;
}

async function explainGroup(caches: Caches, task: GroupTask, group: readonly Item[]): Promise<Explanation[]> {
  const { subject, request, target, steps, report, signal } = task;
  const explanations: Explanation[] = [];
  for (const run of ofEqualSteps(group)) {
    const plain = await modelFor(caches, subject, request, run[0]!.prepared.steps);
    const names = namesFor(subject, plain);
    const { layer, how, findings } = howToExplain(
      { ...subject, names },
      request,
      plain,
      run[0]!.prepared.steps,
    );
    const model = how.maskedModel ? await caches.models.masked(plain) : plain;
    const session = await caches.sessions.get(model, layer, how);
    const prepared = run.map(({ prepared }) => prepared);
    const maps = await explainPrepared({
      model: model.classifier,
      layer,
      options: how,
      session,
      parameters: how.options,
      reference: referenceOf(subject, request, how.options, steps),
      prepared,
      ...(names === subject.names ? target : targetOf(request, names)),
      everyClass: request.everyClass,
      ...{ report, signal },
      classNames: names.names,
      instanceNames: run.map(({ instance }) => instance.id),
    }).catch((error) => {
      throw withWayOut(error);
    });
    const changes = how.maskedModel
      ? await maskedFindings(
          caches.sessions,
          plain,
          model.classifier.notMasked ?? [],
          prepared,
          maps,
          names.names,
        )
      : [];
    const basis = JSON.stringify([steps, subject.mask, request.truncate ?? false]);
    const unread = learntUnread(plain);
    const norms = inputNormFindings(plain, subject.dataset, featureNames(subject), basis, (position) =>
      prepareOne(subject, instanceAt(subject, position), steps, request),
    );
    for (const [index, map] of maps.entries()) {
      const { data, content, edits = [] } = request;
      const source = { data, content, dataset: subject.dataset, isEdited: edits.length > 0 };
      const learnt = await learntOne(plain, run[index]!.prepared, source, signal);
      const more = [...norms, ...findings, ...changes.slice(index, index + 1), ...learnt, ...unread];
      explanations.push(assemble({ ...subject, names }, request, model, layer, how, run[index]!, map, more));
    }
  }
  return explanations;
}

function featureNames({ project, dataset }: Subject): readonly string[] {
  return namedFeatures(project) ?? dataset.features;
}

/** A sequence output has as many steps as its input: other steps, other names. */
function namesFor({ names, model, project }: Subject, used: OpenModel): ClassNames {
  if (used === model || !used.classifier.values) return names;
  return { ...nameAnswers(used.classifier, project, undefined), findings: names.findings };
}

/** Runs of neighbours that go through the model together. */
function ofEqualSteps(group: readonly Item[]): Item[][] {
  const runs: Item[][] = [];
  for (const item of group) {
    const last = runs.at(-1);
    if (last?.[0]?.prepared.steps === item.prepared.steps) {
      last.push(item);
    } else {
      runs.push([item]);
    }
  }
  return runs;
}

/** A model with a free time axis is described anew for each number of steps. */
export async function modelFor(
  { models }: Caches,
  { model }: Subject,
  { prefer }: ExplainRequest,
  steps: number,
): Promise<OpenModel> {
  return model.classifier.input.steps === null
    ? models.open({ path: model.path, prefer, ...model.hints, steps })
    : model;
}

/**
 * The instance as the model takes it.
 * @throws Refusal those of `prepare`
 */
export function prepareOne(
  { project, mask, dataset, model }: Subject,
  instance: Instance,
  steps: readonly ReadyStep[],
  { truncate }: ExplainRequest,
): Prepared {
  const { features, steps: modelSteps } = model.classifier.input;
  return prepare(
    dataset,
    instance,
    { features, steps: modelSteps },
    {
      steps,
      mask,
      featureOrder: namedFeatures(project),
      truncate,
    },
  );
}

/** The instance of the file that a baseline or replacement names, as the model takes it. */
function referenceOf(
  subject: Subject,
  request: ExplainRequest,
  options: Partial<MethodOptions> = {},
  steps: readonly ReadyStep[],
): Prepared | undefined {
  const named = [options.baseline, options.replacement].find((one) => one?.kind === 'instance');
  if (named?.kind !== 'instance') return undefined;
  const { id } = named;
  const { instances } = subject.dataset;
  const found =
    instances.find((one) => one.id === id) ?? (/^\d+$/.test(id) ? instances[Number(id)] : undefined);
  if (!found) {
    throw new Refusal(
      'no-such-instance',
      `There is no instance ${JSON.stringify(id)} to stand for "nothing there": the file has ${instances.length}, from ${instances[0]?.id} to ${instances.at(-1)?.id}.`,
    );
  }
  return prepareOne(subject, found, steps, request);
}

function instanceAt({ dataset }: Subject, position: number): Instance {
  const instance = dataset.instances[position];
  if (!instance) {
    throw new Refusal(
      'no-such-instance',
      `There is no instance ${position}: the file has ${dataset.instances.length}, 0 to ${dataset.instances.length - 1}.`,
    );
  }
  return instance;
}
