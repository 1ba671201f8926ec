import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { AttributionLens } from '../../../src/extension.ts';
import type { SessionState } from '../../../src/session/state.ts';

/** The installed extension under test, activated. */
export async function lens(): Promise<AttributionLens> {
  const extension = vscode.extensions.getExtension<AttributionLens>('attribution-lens.attribution-lens');
  assert.ok(extension, 'the extension is not installed');
  return extension.activate();
}

/** Runs a command as the palette does and waits until the session has done what it asks for. */
export async function run(name: string, ...args: unknown[]): Promise<SessionState> {
  const { session, whenIdle } = await lens();
  await vscode.commands.executeCommand(`attribution.${name}`, ...args);
  await whenIdle();
  return session.state;
}

export async function explain(file: string): Promise<SessionState> {
  return run('explainFile', vscode.Uri.file(file));
}

/** The picture of a state in which nothing is wrong. */
export function pictureOf({ activity, explanation }: SessionState) {
  assert.equal(activity.kind, 'idle', activity.kind === 'refused' ? activity.sentence : activity.kind);
  assert.ok(explanation);
  return explanation;
}

/** The sentence of a state in which something was refused. */
export function refusalOf({ activity }: SessionState) {
  assert.equal(activity.kind, 'refused', 'nothing was refused');
  return activity.kind === 'refused' ? activity : assert.fail();
}

/** Waits until a state is reached; for what the watcher, the editor or a timer brings about. */
export async function until(
  reached: (state: SessionState) => boolean,
  what: string,
  limit = 20_000,
): Promise<SessionState> {
  const { session } = await lens();
  if (reached(session.state)) {
    return session.state;
  }
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      listener.dispose();
      reject(
        new Error(
          `not reached within ${limit} ms: ${what}; state: ${JSON.stringify(session.state.activity)}`,
        ),
      );
    }, limit);
    const listener = session.onDidChange((state) => {
      if (reached(state)) {
        clearTimeout(timer);
        listener.dispose();
        resolve(state);
      }
    });
  });
}
