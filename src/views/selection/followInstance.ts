import * as vscode from 'vscode';
import type { Explanation } from '../../attribution/explanation.ts';
import { profile } from '../../attribution/profile.ts';
import { textFile } from '../../session/content.ts';
import type { Session } from '../../session/session.ts';
import type { Finished } from '../../session/state.ts';

/** Scrolls the editors of the data file to the strongest row when another instance is looked at; no focus moves. */
export function followInstance(session: Session): vscode.Disposable {
  let before = '';
  const follow = ({ file, explanation }: Finished) => {
    const now = `${file} ${explanation.instance.index}`;
    if (now === before) return;
    before = now;
    const line = strongestLine(explanation);
    if (line === null) return;
    const shown = textFile({ ...session.state, file, explanation })?.toString();
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document.uri.toString() !== shown || line >= editor.document.lineCount) continue;
      if (isIn(editor, explanation.instance.lines)) continue;
      const place = new vscode.Range(line, 0, line, 0);
      editor.revealRange(place, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    }
  };
  return session.onDidFinish(follow);
}

/** 0-based line of the real step with the strongest attribution, null where no step has a line. */
function strongestLine({ map, instance, padding }: Explanation): number | null {
  const means = profile(map);
  let best = -1;
  for (const [step, line] of instance.lines.entries()) {
    if (line === 0 || padding.mask[step] === 0) continue;
    if (best < 0 || Math.abs(means[step]!) > Math.abs(means[best]!)) best = step;
  }
  return best < 0 ? null : instance.lines[best]! - 1;
}

/** A person who is at work on a row of the instance is not taken away from it. */
function isIn(editor: vscode.TextEditor, lines: Int32Array): boolean {
  return editor === vscode.window.activeTextEditor && lines.includes(editor.selection.active.line + 1);
}
