import { dirname, resolve } from 'node:path';
import { Refusal } from '../refusal.ts';
import { contains } from './paths.ts';
import { findProject, readProject } from './project.ts';
import type { Project } from './projectShape.ts';

/**
 * The nearest attribution.json beside or above a model, where it names that model; broken ones name nothing.
 * @param within none outside this folder is looked at
 */
export async function settingsNaming(model: string, within?: string): Promise<Project | undefined> {
  try {
    const path = await findProject(model, within);
    if (path === undefined || (within !== undefined && !contains(resolve(within), dirname(path))))
      return undefined;
    const project = await readProject(path);
    return project.model === resolve(model) ? project : undefined;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
