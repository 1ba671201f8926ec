import * as vscode from 'vscode';
import { listText } from '../../surfaces/editorText.ts';

interface TextQuestion {
  readonly title?: string;
  readonly prompt: string;
  readonly value?: string;
  /** What is wrong with what was typed, in one sentence. */
  readonly fault?: (typed: string) => string | undefined;
}

/** What a person types; undefined on Escape. */
export function askText({ title, prompt, value, fault }: TextQuestion): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: title && listText(title),
    prompt: listText(prompt),
    value,
    validateInput: (typed) => {
      const sentence = fault?.(typed);
      return sentence && listText(sentence);
    },
  });
}
