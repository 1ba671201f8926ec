import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
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

/** Waits until something holds that nobody tells of; asked every 10 ms. */
export async function holds(what: () => boolean, limit = 20_000): Promise<boolean> {
  for (const end = Date.now() + limit; !what(); await setTimeout(10)) if (Date.now() > end) return false;
  return true;
}

/** Gives a command of the editor until it has had its effect: the list it is meant for may not stand yet. */
export async function giveUntil(command: string, effect: () => boolean): Promise<void> {
  for (const end = Date.now() + 20_000; !effect(); ) {
    assert.ok(Date.now() < end, `${command} had no effect`);
    await vscode.commands.executeCommand(command);
    await holds(effect, 1000);
  }
}

/** A command that asks, with whatever its lists offer first, and the map it ends with. */
export async function mapAfter(command: string, given: object): Promise<SessionState> {
  let answered = false;
  void vscode.commands.executeCommand(command, given).then(() => {
    answered = true;
  });
  await giveUntil('workbench.action.acceptSelectedQuickOpenItem', () => answered);
  return until(({ activity, explanation }) => activity.kind === 'idle' && !!explanation, 'a map');
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
    const timer = globalThis.setTimeout(() => {
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
