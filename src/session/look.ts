import * as vscode from 'vscode';
import type { Explanation } from '../attribution/explanation.ts';
import type { CallOptions } from '../engine/client.ts';
import type {
  DataSummary,
  ModelSummary,
  Opened,
  OpenRequest,
  ProjectSummary,
  Sighting,
} from '../engine/contract.ts';
import { Refusal } from '../refusal.ts';
import { howOf } from '../runs/selection.ts';
import { contentOf, documentOf, pathOf } from './content.ts';
import type { HostEngine } from './hostEngine.ts';
import { projectRoot } from './linkedScript.ts';
import type { Memory } from './memory.ts';
import { resolveModel } from './models/resolveModel.ts';
import { scriptRun } from './scriptRun.ts';
import { forModel, type Selection } from './selection.ts';

export interface Looking extends CallOptions {
  /** What the same file gave before; told again where `stale`. */
  readonly model?: ModelSummary;
  readonly project?: ProjectSummary;
  /** Files may have changed since: everything is told anew; an instance that is no longer there becomes the last one. */
  readonly stale: boolean;
  /** Another number runs a linked script again though nothing of it has changed. */
  readonly again: number;
  /** A map for every class as well. */
  readonly everyClass?: boolean;
  /** Told as soon as they are there: pickers and refusals need them even where no map comes out. */
  readonly saw: (sighting: Sighting) => void;
}

interface Seen {
  readonly selection: Selection;
  readonly explanation: Explanation;
  /** The attribution.json that applied. */
  readonly project?: ProjectSummary;
  readonly textVersion?: number;
}

/**
 * From a file and the picks to an explanation, in one call of the engine; in another one where a script or a model is to
 * be settled first. @throws Refusal
 */
export async function look(
  engine: HostEngine,
  memory: Memory,
  file: vscode.Uri,
  picks: Selection,
  { model: known, project: before, stale, saw, again, everyClass, ...options }: Looking,
): Promise<Seen> {
  const textVersion = documentOf(file)?.version;
  const source = { data: pathOf(file), content: await contentOf(file), within: projectRoot(file) };
  const { mask, truncate, instance, madeFor } = picks;
  const asked: OpenRequest = {
    ...{ ...source, mask, truncate, instance, madeFor, everyClass, ...howOf(picks) },
    ...{ model: picks.model, otherwise: known?.path, known: known?.path, fresh: stale },
  };
  let project: ProjectSummary | undefined;
  let data: DataSummary | undefined;
  const look = async (more: Partial<OpenRequest>): Promise<Opened> =>
    engine.call(
      'open',
      { ...asked, ...more },
      {
        ...options,
        saw: (sighting) => {
          if ('project' in sighting) project = sighting.project ?? undefined;
          if ('data' in sighting) data = sighting.data;
          saw(sighting);
        },
      },
    );
  let more: Partial<OpenRequest> = vscode.workspace.isTrusted
    ? { run: await scriptRun(before?.script, again) }
    : { dataOnly: true };
  let opened = await look(more);
  if (opened.kind === 'needs-run') {
    more = { ...more, run: await scriptRun(opened.script, again) };
    opened = await look(more);
  }
  if (opened.kind === 'needs-model') {
    const judging = { ...options, project: project?.path };
    more = { ...more, model: await resolveModel(engine, memory, file, opened.data, judging) };
    opened = await look(more);
  }
  if (opened.kind === 'data-only') throw new Refusal('untrusted', untrusted(data!));
  if (opened.kind !== 'explained') throw new Refusal('files-change', filesChange());
  const { explanation } = opened;
  const selection = {
    ...forModel(picks, explanation.provenance.model),
    instance: explanation.instance.index,
  };
  return { selection, explanation, project, textVersion };
}

function filesChange(): string {
  return vscode.l10n.t('attribution.json changed while the file was opened; run again.');
}

function untrusted({ instances, features }: DataSummary): string {
  const count =
    instances.length === 1 ? vscode.l10n.t('1 instance') : vscode.l10n.t('{0} instances', instances.length);
  return vscode.l10n.t(
    'The file holds {0} of {1} features; models are not loaded before you trust this workspace.',
    count,
    features.length,
  );
}
