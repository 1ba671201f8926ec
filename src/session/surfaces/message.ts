import * as vscode from 'vscode';
import { buttonText, messageText, statusText } from '../../surfaces/editorText.ts';

/** Answers with the button pressed, as it was given. */
export function sayError(sentence: string, ...buttons: string[]): Promise<string | undefined> {
  return said(vscode.window.showErrorMessage, sentence, buttons);
}

/** As sayError, as a warning. */
export function sayWarning(sentence: string, ...buttons: string[]): Promise<string | undefined> {
  return said(vscode.window.showWarningMessage, sentence, buttons);
}

/** As sayError, as a notice. */
export function sayInfo(sentence: string, ...buttons: string[]): Promise<string | undefined> {
  return said(vscode.window.showInformationMessage, sentence, buttons);
}

/** In the status bar, for a while. */
export function sayBriefly(sentence: string, milliseconds: number): void {
  vscode.window.setStatusBarMessage(statusText(sentence), milliseconds);
}

type Show = (sentence: string, ...buttons: string[]) => Thenable<string | undefined>;

async function said(show: Show, sentence: string, buttons: string[]): Promise<string | undefined> {
  const shown = buttons.map(buttonText);
  const pressed = await show(messageText(sentence), ...shown);
  return pressed === undefined ? undefined : buttons[shown.indexOf(pressed)];
}
