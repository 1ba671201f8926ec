import type { InputLayout } from '../graph/inputLayout.ts';
import type { AnswerHints } from '../graph/task.ts';
import type { Project } from '../project/projectShape.ts';

/** What attribution.json says of a model's input and output. */
export function modelHints(project: Project | undefined): AnswerHints & { readonly layout?: InputLayout } {
  const { input: layout, task, outputAxes, output, classes } = project ?? {};
  return { layout, task, outputAxes, output, classes: classes?.length };
}
