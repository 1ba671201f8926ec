import { basename, dirname, relative, resolve } from 'node:path';
import picomatch from 'picomatch';
import type { Finding } from '../finding.ts';
import type { Project } from '../project/projectShape.ts';

/**
 * Said where an attribution.json of a folder above is used that does not name the file: it may be meant for others. One
 * that names it by "files", or lies in the file's own folder, needs no word.
 */
export function projectAbove(project: Project | undefined, data: string): Finding[] {
  if (!project) return [];
  const way = relative(project.folder, resolve(data)).replaceAll('\\', '/');
  const isBeside = dirname(resolve(data)) === project.folder || resolve(data) === project.folder;
  if (isBeside || way.startsWith('../')) return [];
  const { files } = project.data;
  if (files !== undefined && picomatch.isMatch(way, files)) return [];
  const where = `The attribution.json of ${basename(project.folder)}, above the folder of ${basename(data)}, is used`;
  return [
    files === undefined
      ? { code: 'project-above', severity: 'info', sentence: `${where}.` }
      : {
          code: 'project-above',
          severity: 'warning',
          sentence: `${where}, though its "files" (${files}) do not name it; put one beside the data if other settings hold for them.`,
        },
  ];
}
