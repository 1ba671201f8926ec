import * as vscode from 'vscode';
import type { ReadingsRequest } from '../../engine/requests.ts';
import { Refusal } from '../../refusal.ts';
import { howOf } from '../../runs/selection.ts';
import { contentOf, pathOf } from '../content.ts';
import { scriptRun } from '../scriptRun.ts';
import type { SessionState } from '../state.ts';

/** What is being looked at, as a request to read it in other ways. @throws Refusal `nothing-open` */
export async function readingRequest({
  file,
  project,
  model,
  selection,
}: SessionState): Promise<Omit<ReadingsRequest, 'ways'>> {
  if (!file) throw new Refusal('nothing-open', vscode.l10n.t('Explain a data file first.'));
  const { mask, truncate, instance } = selection;
  return {
    ...{ data: pathOf(file), content: await contentOf(file), project: project?.path },
    ...(vscode.workspace.isTrusted && {
      ...{ model: model?.path, run: await scriptRun(project?.script) },
      ...howOf(selection),
    }),
    ...{ mask, truncate, instance },
  };
}
