import { FileWork } from './fileWork.ts';
import type { HostEngine } from './hostEngine.ts';
import type { Lab } from './lab.ts';
import type { Session } from './session.ts';
import type { Log } from './surfaces/log.ts';
import { type WorkId, works } from './works.ts';

/** All long work about the file being looked at, by the name of its view. */
export type FileWorks = { readonly [Id in WorkId]: FileWork<Id> };

/** @param engine a child of its own: maps stay at hand while work goes on */
export function fileWorks(engine: HostEngine, lab: Lab, session: Session, log: Log): FileWorks {
  const made = works.map(([id]) => [id, new FileWork(id, { engine, lab }, session, log)]);
  return Object.fromEntries(made) as FileWorks;
}
