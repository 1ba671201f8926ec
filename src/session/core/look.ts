import type { Explanation } from '../../attribution/explanation.ts';
import type { CallOptions } from '../../engine/client.ts';
import type { DataSummary, ModelSummary, Opened, Sighting } from '../../engine/contract.ts';
import type { ProjectSummary } from '../../engine/projectSummary.ts';
import type { OpenRequest } from '../../engine/requests.ts';
import { Refusal } from '../../refusal.ts';
import { howOf } from '../../runs/selection.ts';
import type { Ports, Say } from './ports.ts';
import { forModel, type Selection } from './selection.ts';

/** What one look at the file needs to know beside its selection. */
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
  /** The series is changed before the model gets it. */
  readonly edits?: OpenRequest['edits'];
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
 * From a file and the picks to an explanation, in one call of the engine; in another one where a script wants leave, or
 * where nothing says which model it is: other models are then looked at, and a person may be asked. @throws Refusal
 */
export async function look<File>(
  ports: Ports<File>,
  file: File,
  picks: Selection,
  { model: known, project: before, stale, saw, again, everyClass, edits, ...options }: Looking,
): Promise<Seen> {
  const { textVersion, ...source } = await ports.read(file);
  const { mask, truncate, instance, madeFor, set } = picks;
  const asked: OpenRequest = {
    ...{ ...source, mask, truncate, instance, madeFor, set, everyClass, edits, ...howOf(picks) },
    ...{ model: picks.model, otherwise: known?.path, known: known?.path, fresh: stale },
    ...{ likely: ports.likelyModel(file), unread: true },
  };
  let project: ProjectSummary | undefined;
  let data: DataSummary | undefined;
  const telling: CallOptions = {
    ...options,
    saw: (sighting) => {
      if ('project' in sighting) project = sighting.project ?? undefined;
      if ('data' in sighting) data = sighting.data;
      saw(sighting);
    },
  };
  const permitted = async (script: string | undefined) =>
    script === undefined ? {} : { run: await ports.permit(script, again) };
  let more: Partial<OpenRequest> = ports.isTrusted() ? await permitted(before?.script) : { dataOnly: true };
  const open = (): Promise<Opened> => ports.open({ ...asked, ...more }, telling);
  let opened = await open();
  if (opened.kind === 'needs-run') {
    more = { ...more, ...(await permitted(opened.script)) };
    opened = await open();
  }
  if (opened.kind === 'unnamed') {
    const models = await ports.models(file);
    // Where there is one, the data are read as it takes them, and once.
    more = { ...more, unread: false, likely: models.length === 1 ? models[0] : undefined };
    opened = await open();
    if (opened.kind === 'needs-model') {
      const choosing = { ...options, project: project?.path };
      more = { ...more, model: await ports.chooseModel(file, opened.data, models, choosing) };
      opened = await open();
    }
  }
  if (opened.kind === 'data-only') throw untrusted(data!, ports.say);
  if (opened.kind !== 'explained') {
    throw new Refusal(
      'files-change',
      ports.say('attribution.json changed while the file was opened; run again.'),
    );
  }
  const { explanation } = opened;
  const made = forModel(picks, explanation.provenance.model);
  return { selection: { ...made, instance: explanation.instance.index }, explanation, project, textVersion };
}

function untrusted({ instances, features }: DataSummary, say: Say): Refusal {
  const count = instances.length === 1 ? say('1 instance') : say('{0} instances', instances.length);
  return new Refusal(
    'untrusted',
    say(
      'The file holds {0} of {1} features; models are not loaded before you trust this workspace.',
      count,
      features.length,
    ),
  );
}
