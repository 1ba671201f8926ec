import { createHash } from 'node:crypto';
import type { How } from '../attribution/how.ts';
import { readSmall } from '../files/readSmall.ts';
import { findProject, readProject, readProjectFile } from '../project/project.ts';
import type { Project } from '../project/projectShape.ts';
import { Refusal } from '../refusal.ts';
import type { Caches } from './caches.ts';
import type { CallContext, Opened } from './contract.ts';
import { fitOf } from './fit.ts';
import { explainChecked } from './labels/agreement.ts';
import { modelForData } from './modelForData.ts';
import { readingShare } from './openDataset.ts';
import type { ProjectSummary } from './projectSummary.ts';
import type { DataRequest, OpenRequest } from './requests.ts';
import { dataSummary, runtimeSummary, summaryOf } from './summaries.ts';

const LARGEST_SCRIPT = 2 ** 24;
const NO_PICKS_OF_THE_MODEL: How = { layer: undefined, target: undefined, against: undefined };

/**
 * From a file to its map: attribution.json, runtime, model, data and map, each told as soon as it is there.
 * @throws Refusal with one sentence; what was seen before it stands
 */
export async function openFile(caches: Caches, asked: OpenRequest, asking: CallContext): Promise<Opened> {
  const { within: _, otherwise, likely, unread, madeFor, dataOnly, fresh, known, ...rest } = asked;
  const { saw, signal } = asking;
  const found = await projectFor(asked);
  const { project, summary } = found ?? {};
  const context: CallContext = { ...asking, project: project ?? null };
  saw?.({ project: summary ?? null });
  const source = { ...rest, model: undefined, project: summary?.path };
  if (dataOnly) {
    const plain = { ...source, run: undefined };
    saw?.({ data: await dataSummary(caches, plain, project, context) });
    return { kind: 'data-only' };
  }
  const script = project?.script;
  if (script !== undefined && rest.run?.script !== script) return { kind: 'needs-run', script };
  const run = script === undefined ? undefined : rest.run;
  if (fresh) saw?.({ runtime: await runtimeSummary(caches, rest.prefer) });
  const named = rest.model ?? project?.model ?? otherwise;
  const likelyOne =
    likely === undefined || named !== undefined ? undefined : { ...source, run, model: likely };
  const model = named ?? (likelyOne && (await fits(caches, likelyOne, context)) ? likely : undefined);
  if (model === undefined) {
    if (unread) return { kind: 'unnamed' };
    return { kind: 'needs-model', data: await dataSummary(caches, { ...source, run }, project, context) };
  }
  signal?.throwIfAborted();
  const isOther = madeFor !== undefined && madeFor !== model;
  const request = { ...source, run, model, ...(isOther && NO_PICKS_OF_THE_MODEL) };
  if (fresh || known !== model)
    saw?.({ model: summaryOf(await modelForData(caches, request, project, context), project) });
  const instance = rest.instance ?? 0;
  if (!fresh) return explained(caches, { ...request, instance }, context);
  const data = await dataSummary(caches, request, project, context, readingShare);
  saw?.({ data });
  signal?.throwIfAborted();
  const there = Math.max(0, Math.min(instance, data.instances.length - 1));
  return explained(caches, { ...request, instance: there }, context);
}

/** With the model the file is read as that model takes it: where it fits, that is how it is read. */
async function fits(
  caches: Caches,
  request: DataRequest & { readonly model: string },
  context: CallContext,
): Promise<boolean> {
  const project = context.project ?? undefined;
  try {
    const model = summaryOf(await modelForData(caches, request, project, context), project);
    return fitOf(model, await dataSummary(caches, request, project, context, readingShare)).fits;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

async function explained(
  caches: Caches,
  request: Parameters<typeof explainChecked>[1],
  context: CallContext,
): Promise<Opened> {
  return { kind: 'explained', explanation: await explainChecked(caches, request, context) };
}

/** The nearest attribution.json above a data file, no higher than `within`. @throws Refusal where it is broken */
async function projectFor({
  data,
  within,
  set,
}: OpenRequest): Promise<{ readonly project: Project; readonly summary: ProjectSummary } | undefined> {
  if (within === undefined) return undefined;
  const path = await findProject(data, within);
  if (path === undefined) return undefined;
  let bytes: Promise<Uint8Array> | undefined;
  const read = (file: string) => {
    bytes ??= readProjectFile(file);
    return bytes;
  };
  const written = await readProject(path, { within, read });
  const { model, script, preprocess } = written;
  return {
    project: set === undefined ? written : await readProject(path, { within, set, read }),
    summary: { path, model, script, prepares: preprocess.length > 0, hash: await preprocessHash(written) },
  };
}

/** Stays the same from version to version: kept runs are told apart by it. */
async function preprocessHash({ preprocess, data, script }: Project): Promise<string | null> {
  try {
    const text = script === undefined ? null : sha256(await readSmall(script, LARGEST_SCRIPT));
    return sha256(JSON.stringify([preprocess, data, text]));
  } catch {
    // Whoever runs the script says what is wrong with it.
    return null;
  }
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
