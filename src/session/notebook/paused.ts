import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import {
  answerShown,
  type DebuggedVariable,
  debuggedProgram,
  nameOf,
} from '../../notebook/debuggedProgram.ts';
import { Refusal } from '../../refusal.ts';
import type { PythonPlace } from './pythonPlace.ts';
import { type At, laterStops } from './stops.ts';

/** Names of what the debuggers of Python are to VS Code. */
const PYTHON = ['debugpy', 'python'];

/** A program that stands still in the debugger, and the name under which it knows the variable. */
interface Paused {
  readonly place: PythonPlace;
  readonly name: string;
}

/**
 * The frame that is looked at in the debugger.
 * @param session that of the variable; the one in front unless given
 * @throws Refusal `not-paused`
 */
export function pausedAt(variable: DebuggedVariable, session?: string): Paused {
  const item = vscode.debug.activeStackItem;
  const isFrame = item instanceof vscode.DebugStackFrame;
  if (!isFrame || (session !== undefined && item.session.id !== session)) {
    const sentence = vscode.l10n.t(
      'Pause the program in the debugger first; variables are read where it stands.',
    );
    throw new Refusal('not-paused', sentence);
  }
  if (!PYTHON.includes(item.session.type)) {
    const sentence = vscode.l10n.t(
      'Variables are read from Python in the debugger, not from {0}.',
      item.session.type,
    );
    throw new Refusal('not-paused', sentence);
  }
  const given = nameOf(variable);
  const value = partOf(given);
  const name = typeof given === 'object' ? given.name : given;
  return { place: placeIn(item, value, true), name };
}

/** @param isFollowed whether later stops are told of */
function placeIn(
  { session, threadId, frameId }: At,
  value: ReturnType<typeof partOf>,
  isFollowed: boolean,
): PythonPlace {
  const ask = async <A>(program: string, args: unknown, token: vscode.CancellationToken): Promise<A> => {
    const nonce = randomUUID();
    const expression = debuggedProgram(program, args, nonce, value);
    const shown = await evaluated(session, { expression, frameId, context: 'clipboard' }, token);
    const answer = answerShown(shown, nonce) as (A & { error?: string; reason?: string }) | undefined;
    if (!answer) throw refused(shown.slice(0, 300));
    if (answer.error !== undefined) throw refused(`${answer.reason ?? ''} (${answer.error})`);
    return answer;
  };
  const later = (told: (place: PythonPlace) => void) =>
    laterStops({ session, threadId, frameId }, (at) => told(placeIn(at, value, false)));
  const key = `${session.configuration.program ?? session.name}`;
  return { key, follows: false, ask, ...(isFollowed && { later }) };
}

function partOf(given: ReturnType<typeof nameOf>) {
  return typeof given === 'object' ? given : undefined;
}

/** A debugger cannot be told to stop evaluating: it is no longer waited for. */
async function evaluated(
  session: vscode.DebugSession,
  asked: object,
  token: vscode.CancellationToken,
): Promise<string> {
  const cancelled = new Promise<never>((_, reject) => {
    token.onCancellationRequested(() => reject(refused(vscode.l10n.t('cancelled'))));
  });
  try {
    const { result } = await Promise.race([session.customRequest('evaluate', asked), cancelled]);
    return String(result);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw refused((error as Error).message.slice(0, 300));
  }
}

function refused(why: string): Refusal {
  return new Refusal('debugger', vscode.l10n.t('The debugger could not do it: {0}', why));
}
