import * as vscode from 'vscode';
import { messageText } from '../../surfaces/editorText.ts';

type Step = { readonly message?: string; readonly increment?: number };

/** `vscode.window.withProgress` for words that may hold names out of files. */
export function withProgress<R>(
  options: vscode.ProgressOptions,
  task: (progress: vscode.Progress<Step>, token: vscode.CancellationToken) => Thenable<R>,
): Thenable<R> {
  const title = options.title === undefined ? undefined : messageText(options.title);
  return vscode.window.withProgress({ ...options, title }, (progress, token) =>
    task({ report: (step) => progress.report(safe(step)) }, token),
  );
}

function safe({ message, ...step }: Step): Step {
  return message === undefined ? step : { ...step, message: messageText(message) };
}
