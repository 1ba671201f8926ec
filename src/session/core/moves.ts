import { methodNamed } from '../../attribution/methods.ts';
import type { Sighting } from '../../engine/contract.ts';
import { FRESH, type Selection, staysWhenRefused } from './selection.ts';
import { type Activity, NOTHING, type SessionState } from './state.ts';

/** Picture and what is said of it. */
type Picture = Pick<SessionState<never>, 'explanation' | 'textVersion' | 'activity'>;

/** All that the session remembers. The functions below are all that can happen to it; none has an effect of its own. */
export interface Memory<File> {
  readonly shown: SessionState<File>;
  /** The picture of the selection, while a preview shows another one. */
  readonly picked: Picture;
  /** What is being arrowed over, not picked. */
  readonly preview?: Partial<Selection>;
  /** The run that was asked for and has not come to its end; a preview overtakes it, but does not replace it. */
  readonly owed?: Question;
  /** Files may have changed since they were last read; an overtaken run does not settle that. */
  readonly stale: boolean;
  /** Rises when a linked script is to run though nothing has changed. */
  readonly again: number;
  /** Rises when what an audit rests on has changed: model, mask, or a file on disk. */
  readonly revision: number;
  /** Of the latest run: no other may change the state. */
  readonly ticket: number;
  /** Whether what runs may take long. */
  readonly isSlow: boolean;
}

/** A question put to the engine. */
export interface Question {
  readonly selection: Selection;
  /** What stays picked when the run is refused. */
  readonly otherwise: Selection;
  /** Nobody asked for it: no message beside the panel. */
  readonly quiet: boolean;
  /** Shown, not picked. */
  readonly preview: boolean;
  /** The files may have changed: the picture that is there may not be theirs any more. */
  readonly refresh: boolean;
}

/** What happened, and the run it asks for. */
export interface Moved<File> {
  readonly memory: Memory<File>;
  readonly run: Question;
}

/** Nothing has been opened. */
export const AT_FIRST: Memory<never> = {
  ...{ shown: NOTHING, picked: NOTHING, stale: true, again: 0, revision: 0, ticket: 0, isSlow: false },
};

/** @param kept what was picked of the file before @param picks in place of what is picked */
export function opened<File extends object>(
  memory: Memory<File>,
  file: File,
  kept: Selection | undefined,
  changes: Partial<Selection>,
  picks: Selection | undefined,
): Moved<File> {
  const isOther = `${file}` !== `${memory.shown.file}`;
  const there = isOther
    ? { ...memory, picked: NOTHING, shown: { ...NOTHING, file, selection: kept ?? FRESH } }
    : memory;
  const before = there.shown.selection;
  const selection = { ...(picks ?? before), ...changes };
  const otherwise = picks || staysWhenRefused(changes) ? selection : before;
  return asked({ ...there, stale: true }, { selection, otherwise, refresh: true });
}

/** What was shown is gone; what is on its way is stopped. */
export function closed<File>(memory: Memory<File>): Memory<File> {
  return { ...stopped(withoutPreview(memory)), owed: undefined, picked: NOTHING, shown: NOTHING };
}

/** Somebody chose: what changes, and the run that follows. */
export function chosen<File>(memory: Memory<File>, changes: Partial<Selection>): Moved<File> {
  // Which columns are features hangs on the mask, the order of an array's axes on the model.
  const rereads = 'mask' in changes || 'model' in changes;
  const before = memory.shown.selection;
  // What was asked for and is on its way counts: a held key asks again before the answer is there.
  const selection = { ...asking(memory), ...changes };
  const next = {
    ...withoutPreview(memory),
    stale: memory.stale || rereads,
    revision: memory.revision + (rereads || 'truncate' in changes ? 1 : 0),
  };
  return asked(next, { selection, otherwise: staysWhenRefused(changes) ? selection : before });
}

/** What was last asked for: on its way, or what is picked. */
export function asking<File>({ owed, shown }: Memory<File>): Selection {
  return owed?.selection ?? shown.selection;
}

/** The files, the settings or the trust may have changed. */
export function changed<File>(memory: Memory<File>, quiet: boolean, again: boolean): Moved<File> {
  const { selection } = memory.shown;
  const next = {
    ...memory,
    stale: true,
    revision: memory.revision + 1,
    again: memory.again + (again ? 1 : 0),
  };
  return asked(next, { selection, otherwise: selection, quiet, refresh: true });
}

/** The preview's time has come: its run, which picks nothing. */
export function previewed<File>(memory: Memory<File>): Moved<File> {
  const { selection } = memory.shown;
  const wanted = { ...selection, ...memory.preview };
  return asked(memory, { selection: wanted, otherwise: selection, quiet: true, preview: true });
}

/** Back to the picture that was there, without computing it again; a run that the preview has overtaken is asked for anew. */
export function previewEnded<File>(memory: Memory<File>): Memory<File> | Moved<File> {
  if (!memory.preview) return memory;
  const { explanation, textVersion, activity } = memory.picked;
  const back = { ...withoutPreview(memory), shown: { ...memory.shown, explanation, textVersion, activity } };
  return back.owed ? asked({ ...back, stale: true }, back.owed) : stopped(back);
}

/** Nothing is previewed any more. */
export function withoutPreview<File>(memory: Memory<File>): Memory<File> {
  return { ...memory, preview: undefined };
}

/** Nothing that runs may change the state any more. */
export function stopped<File>(memory: Memory<File>): Memory<File> {
  return { ...memory, ticket: memory.ticket + 1 };
}

/** @param activity where the picture that is there is none to go back to */
export function cancelled<File>(memory: Memory<File>, activity: Activity): Memory<File> {
  const { shown, picked } = memory;
  if (shown.explanation && !memory.owed?.refresh) {
    return said(stopped({ ...memory, owed: undefined }), picked.activity);
  }
  return said(stopped({ ...memory, owed: undefined, picked: { ...picked, activity } }), activity);
}

/** The engine has taken the run. */
export function began<File>(memory: Memory<File>, { selection }: Question): Memory<File> {
  return { ...memory, stale: false, isSlow: isSlow(selection) };
}

/** What is being done, for panel and status bar. */
export function said<File>(memory: Memory<File>, activity: Activity): Memory<File> {
  return { ...memory, shown: { ...memory.shown, activity } };
}

/** A part of the answer that came before the rest. */
export function saw<File>(memory: Memory<File>, sighting: Sighting): Memory<File> {
  const seen = 'project' in sighting ? { project: sighting.project ?? undefined } : sighting;
  return { ...memory, shown: { ...memory.shown, ...seen } };
}

/** The answer is there; of a preview it is shown and nothing is picked. */
export function explained<File>(
  memory: Memory<File>,
  run: Question,
  selection: Selection,
  picture: Omit<Picture, 'activity'>,
): Memory<File> {
  const found = { ...picture, activity: { kind: 'idle' } } as const;
  return run.preview
    ? { ...memory, shown: { ...memory.shown, ...found } }
    : { ...memory, owed: undefined, picked: found, shown: { ...memory.shown, selection, ...found } };
}

/** The run is refused: the last picture stays. */
export function refused<File>(memory: Memory<File>, run: Question, activity: Activity): Memory<File> {
  if (run.preview) return said(memory, activity);
  const { explanation, textVersion } = memory.shown;
  return {
    ...memory,
    owed: undefined,
    picked: { explanation, textVersion, activity },
    shown: { ...memory.shown, selection: run.otherwise, activity },
  };
}

/** Whatever came of it; `wasStale` where it did not get to read the files. */
export function ended<File>(memory: Memory<File>, wasStale: boolean): Memory<File> {
  return { ...memory, isSlow: false, stale: memory.stale || wasStale };
}

/** Without a method the engine takes a quick one, or occlusion where it must. */
export function isSlow({ method }: Partial<Selection>): boolean {
  return method !== undefined && !methodNamed(method)?.isQuick;
}

function asked<File>(
  memory: Memory<File>,
  wanted: Pick<Question, 'selection' | 'otherwise'> & Partial<Question>,
): Moved<File> {
  const run = { quiet: false, preview: false, refresh: memory.owed?.refresh ?? false, ...wanted };
  return { memory: { ...stopped(memory), owed: run.preview ? memory.owed : run }, run };
}
