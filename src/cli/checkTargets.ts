import { checkTarget } from '../files/checkTarget.ts';
import { findProject } from '../project/project.ts';

/** What a command may read and write, by the names that all commands use. */
interface Files {
  readonly model?: string;
  readonly data?: string;
  readonly config?: string;
  readonly truth?: { readonly path: string };
  readonly out?: string;
  readonly report?: string;
}

/** @throws Refusal `output-is-input`, `cannot-write` */
export async function checkTargets(asked: Files): Promise<void> {
  const { model, data, config, truth, out, report } = asked;
  if (out === undefined && report === undefined) return;
  const beside = data ?? model;
  const project = config ?? (beside === undefined ? undefined : await findProject(beside));
  for (const target of [out, report]) await checkTarget(target, [model, data, project, truth?.path]);
}
