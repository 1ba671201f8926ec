import { basename, join } from 'node:path';
import picomatch from 'picomatch';
import { parseMaskChoice } from '../preprocess/maskChoice.ts';
import { findProject, readProject } from '../project/project.ts';
import type { Project } from '../project/projectShape.ts';
import { Refusal } from '../refusal.ts';
import { allowed } from './roots.ts';
import { agentSettings } from './settings.ts';

/** As an agent names what a question is about. */
interface SaidSource {
  readonly data: string;
  readonly model?: string;
  readonly config?: string;
  readonly mask?: string;
  readonly truncate?: boolean;
  readonly task?: 'classification' | 'regression';
  readonly set?: readonly string[];
}

/**
 * Model, data and attribution.json with every path allowed: those that were given, and those that the attribution.json
 * leads to.
 * @throws Refusal as `allowed` and `readProject` do; `no-model` where nothing names one
 */
export async function sourceOf(said: SaidSource, roots: readonly string[]) {
  const data = await allowedData(said.data, roots);
  const found = said.config ?? (await findProject(data.path, data.root));
  const project =
    found === undefined ? undefined : await allowedProject(found, roots, said.model !== undefined);
  const named = said.model ?? project?.model;
  if (named === undefined) {
    throw new Refusal('no-model', 'Say which model: give "model", or name one in attribution.json.');
  }
  const model = await allowed(named, roots);
  const set = [...agentSettings(said.set), ...(said.task ? [`task="${said.task}"`] : [])];
  return {
    data: data.path,
    model: model.path,
    within: model.root,
    project: project?.path,
    mask: said.mask === undefined ? undefined : parseMaskChoice(said.mask),
    truncate: said.truncate,
    set: set.length > 0 ? set : undefined,
  };
}

/** A pattern finds files below its own folder, and follows no links. */
async function allowedData(said: string, roots: readonly string[]) {
  const { base, glob, isGlob } = picomatch.scan(said.replaceAll('\\', '/'));
  if (!isGlob || said.length > 4096 || /(^|\/)\.\.(\/|$)/.test(glob)) return allowed(said, roots);
  const exact = await allowed(said, roots).catch(() => undefined);
  if (exact) return exact;
  const { path, root } = await allowed(base || '.', roots);
  return { path: join(path, glob), root };
}

/** A model alone, with the attribution.json that was given, else the nearest one beside or above it. */
export async function modelSource(
  said: Pick<SaidSource, 'config' | 'set'> & { readonly model: string },
  roots: readonly string[],
) {
  const { path: model, root } = await allowed(said.model, roots);
  const found = said.config ?? (await findProject(model, root));
  const project = found && (await allowedProject(found, roots, true)).path;
  return { model, project, set: agentSettings(said.set) };
}

/** @param isOther another model is asked about, so that its own need not be there */
async function allowedProject(path: string, roots: readonly string[], isOther: boolean): Promise<Project> {
  const file = await allowed(path, roots);
  const project = await readProject(file.path, { within: file.root });
  const froms = project.preprocess.flatMap((step) =>
    step.kind === 'standardize' && step.by === 'file' ? [step.from] : [],
  );
  // Words that stay inside may still be links that lead out.
  for (const each of froms) await allowed(each, roots);
  if (project.model === undefined) return project;
  await allowed(project.model, roots).catch((error: unknown) => {
    if (!(error instanceof Refusal) || error.code !== 'file-missing') throw error;
    if (isOther) return;
    throw new Refusal(
      'file-missing',
      `The model ${basename(project.model!)} that ${basename(file.path)} names does not exist in the folders that may be read; give another one as "model".`,
    );
  });
  return project;
}
