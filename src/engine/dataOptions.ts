import type { DataOptions, ExpectedInput } from '../data/dataOptions.ts';
import { type MaskChoice, maskColumns } from '../preprocess/maskChoice.ts';
import type { Project } from '../project/projectShape.ts';

/**
 * How the data file is read: as attribution.json says, with the mask's columns set apart. The project's stay set
 * apart under another mask too: they are no features.
 */
export function dataOptions(
  project: Project | undefined,
  mask: MaskChoice,
  input: ExpectedInput | undefined,
): DataOptions {
  const { files: _, ...options } = project?.data ?? {};
  const classes = project?.classes && { classes: project.classes };
  return { ...options, ...classes, ...maskColumns(project?.mask ?? mask), ...maskColumns(mask), input };
}
