import * as vscode from 'vscode';
import { Debounce } from '../core/debounce.ts';

/** A frame of a paused program. */
export interface At {
  readonly session: vscode.DebugSession;
  readonly threadId: number;
  readonly frameId: number;
}

/** What is used of a frame of the Debug Adapter Protocol. */
interface Frame {
  readonly id: number;
  readonly name: string;
  readonly source?: { readonly path?: string };
}

/** Whoever holds the key of a step is not asked at each of them. */
const RESTS_MS = 200;
const MOST_FRAMES = 100;

/**
 * Tells where a function stands at each later stop of its program: the nearest frame of that function of that file, also
 * below others that it has called. Where it is not on the stack nothing is told.
 */
export function laterStops(first: At, told: (at: At) => void): vscode.Disposable {
  const wanted = framesOf(first).then((frames) => frames.find(({ id }) => id === first.frameId));
  let latest: vscode.DebugStackFrame | undefined;
  const look = async () => {
    const frame = await wanted;
    if (!frame || !latest) return;
    const { session, threadId } = latest;
    const found = (await framesOf(latest)).find(
      ({ name, source }) => name === frame.name && source?.path === frame.source?.path,
    );
    if (found) told({ session, threadId, frameId: found.id });
  };
  const rest = new Debounce(RESTS_MS, () => void look());
  const listener = vscode.debug.onDidChangeActiveStackItem((item) => {
    if (!(item instanceof vscode.DebugStackFrame) || item.session.id !== first.session.id) return;
    latest = item;
    rest.trigger();
  });
  return vscode.Disposable.from(listener, rest);
}

/** Empty where the debugger does not say, as where the program goes on by now. */
async function framesOf({ session, threadId }: Omit<At, 'frameId'>): Promise<readonly Frame[]> {
  try {
    const asked = { threadId, startFrame: 0, levels: MOST_FRAMES };
    const { stackFrames } = await session.customRequest('stackTrace', asked);
    return stackFrames;
  } catch {
    return [];
  }
}
