import * as vscode from 'vscode';
import { ReadingQuestion } from '../../data/reading/readingQuestion.ts';
import { logged } from '../../session/core/refused.ts';
import { refusedBy } from '../../session/refusedBy.ts';
import type { Log } from '../../session/surfaces/log.ts';
import { messageText } from '../../surfaces/editorText.ts';
import { pageFolder, pageHtml } from '../panel/html.ts';
import type { FromGlance, GlanceCommand, GlancePlace, ToGlance } from './contract.ts';
import { fileChanges } from './fileChanges.ts';
import { readGlance } from './readGlance.ts';

type Post = (message: ToGlance) => void;

/** What one kind of editor makes of its file. */
export interface Glance {
  /** Tells the page of the file, and of what was turned to in it. @throws Refusal */
  readonly show: (post: Post, at: GlancePlace, signal: AbortSignal) => Promise<void>;
  /** The page asks for another part of the file. @throws Refusal */
  readonly turn?: (post: Post, at: GlancePlace, signal: AbortSignal) => Promise<void>;
  readonly run: (command: 'explain' | 'audit') => Thenable<unknown>;
}

interface Place {
  readonly extension: vscode.Uri;
  readonly file: vscode.Uri;
  readonly log: Log;
}

/** Fills the page of an editor that shows one file; the page may go and come back at any time. */
export function fillPage(panel: vscode.WebviewPanel, { extension, file, log }: Place, glance: Glance): void {
  const { webview } = panel;
  let asking = new AbortController();
  let at: GlancePlace = { instance: 0, from: 0 };
  const post: Post = (message) => void webview.postMessage(message);

  const work = async (asked: (post: Post, at: GlancePlace, signal: AbortSignal) => Promise<void>) => {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      await asked((message) => signal.aborted || post(message), at, signal);
    } catch (error) {
      if (signal.aborted) return;
      logged(log, error);
      const { code, sentence } = refusedBy(error, true);
      // Nothing stands beside it to choose from, as in the panel: the sentence names the ways out.
      const whole = error instanceof ReadingQuestion ? messageText(error.message) : sentence;
      post({ kind: 'refused', sentence: whole, actions: actionsFor(code) });
    }
  };
  const obey = (message: FromGlance) => {
    if (message.kind !== 'run') {
      at = message.at;
      void work(message.kind === 'turn' && glance.turn ? glance.turn : glance.show);
    } else if (message.command === 'retry') void work(glance.show);
    else if (message.command === 'explain' || message.command === 'audit') void glance.run(message.command);
    else void vscode.commands.executeCommand(COMMANDS[message.command]);
  };

  webview.options = { enableScripts: true, localResourceRoots: [pageFolder(extension)] };
  const following = vscode.Disposable.from(
    webview.onDidReceiveMessage((said: unknown) => {
      const message = readGlance(said);
      if (message) obey(message);
      else log.warn('The page of an editor sent a message that is none of its own; it was left aside.');
    }),
    // A page that is hidden is gone, and asks when it is back.
    fileChanges(file, () => panel.visible && void work(glance.show)),
    vscode.workspace.onDidGrantWorkspaceTrust(() => panel.visible && void work(glance.show)),
  );
  panel.onDidDispose(() => {
    asking.abort();
    following.dispose();
  });
  webview.html = pageHtml(webview, extension, 'glance');
}

const COMMANDS = {
  manageTrust: 'workbench.trust.manage',
  copyExportSnippet: 'attribution.copyExportSnippet',
  showLog: 'attribution.showLog',
} as const;

function actionsFor(code: string): { label: string; command: GlanceCommand }[] {
  const retry = { label: vscode.l10n.t('Retry'), command: 'retry' } as const;
  const log = { label: vscode.l10n.t('Show Log'), command: 'showLog' } as const;
  switch (code) {
    case 'untrusted':
      return [{ label: vscode.l10n.t('Manage Trust'), command: 'manageTrust' }];
    case 'foreign-model':
    case 'unsupported-model':
      return [{ label: vscode.l10n.t('Copy Export Snippet…'), command: 'copyExportSnippet' }, retry, log];
    default:
      return [retry, log];
  }
}
