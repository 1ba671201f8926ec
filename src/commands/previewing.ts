import type { Selection } from '../session/core/selection.ts';
import type { Session } from '../session/session.ts';

/** A row of a list, and what picking it changes. */
interface Pick {
  readonly changes: Partial<Selection>;
}

/** Asks with the map following the list: the picked row is chosen, leaving the list restores what was there. */
export async function previewing(
  session: Session,
  ask: (preview: (pick: Pick) => void) => Promise<Pick | undefined>,
): Promise<Pick | undefined> {
  const picked = await ask(({ changes }) => session.preview(changes));
  if (picked && Object.keys(picked.changes).length > 0) {
    await session.choose(picked.changes);
  } else {
    session.endPreview();
  }
  return picked;
}
