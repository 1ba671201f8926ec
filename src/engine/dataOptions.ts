import type { DataOptions, ExpectedInput } from '../data/dataOptions.ts';
import type { MaskChoice } from '../preprocess/maskChoice.ts';
import type { Project } from '../project/projectShape.ts';

/** How the data file is read: as attribution.json says, with the mask's columns set apart. */
export function dataOptions(
  project: Project | undefined,
  mask: MaskChoice,
  input: ExpectedInput | undefined,
): DataOptions {
  const { files: _, ...options } = project?.data ?? {};
  return { ...options, ...maskColumns(mask), input };
}

function maskColumns(mask: MaskChoice): Pick<DataOptions, 'maskColumn' | 'lengthColumn'> {
  switch (mask.kind) {
    case 'mask-column':
      return { maskColumn: mask.column };
    case 'length-column':
      return { lengthColumn: { column: mask.column, side: mask.side } };
    default:
      return {};
  }
}
