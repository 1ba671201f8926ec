import * as vscode from 'vscode';
import { lensAbove, textBehind } from '../../session/surfaces/besideLines.ts';
import { type GhostPlace, ghostPlace } from './ghostPlace.ts';
import { paddingText } from './paddingText.ts';
import type { Picture } from './picture.ts';

/** A line that is shown and not in the file. */
export interface Ghost extends GhostPlace {
  readonly text: string;
}

const colour = new vscode.ThemeColor('editorCodeLens.foreground');

/**
 * The line that says what the padding got. Between two rows it is a code lens, as nothing else makes room there and a
 * text behind a long row would stand out of sight; on a blank line and at the end of the file it is a decoration.
 */
export class GhostLine implements vscode.Disposable, vscode.CodeLensProvider {
  readonly #type = vscode.window.createTextEditorDecorationType({
    after: { color: colour, fontStyle: 'italic' },
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;
  readonly #shown = new WeakMap<vscode.TextEditor, Ghost>();
  #lens: { readonly document: vscode.TextDocument; readonly ghost: Ghost } | undefined;

  /** Where it goes in a document, if anywhere. */
  place({ rows, explanation, isSingleLine }: Picture, document: vscode.TextDocument): Ghost | null {
    const said = isSingleLine ? null : paddingText(explanation, vscode.l10n.t);
    if (!said) return null;
    const text = (line: number) => (line < document.lineCount ? document.lineAt(line).text : undefined);
    const place = ghostPlace(rows, explanation.padding.mask, text);
    if (!place) return null;
    const lenses = vscode.workspace.getConfiguration('editor', document).get<boolean>('codeLens', true);
    return place.kind === 'above' && !lenses
      ? { kind: 'behind', line: rows.last!, text: said }
      : { ...place, text: said };
  }

  /** @param afresh VS Code has moved what the editor had */
  show(editor: vscode.TextEditor, ghost: Ghost | null, stale: boolean, afresh: boolean): void {
    const wanted =
      ghost && (stale ? { ...ghost, text: vscode.l10n.t('{0} · before the edit', ghost.text) } : ghost);
    const before = this.#shown.get(editor);
    if (!afresh && same(before, wanted)) return;
    if (wanted) this.#shown.set(editor, wanted);
    else this.#shown.delete(editor);
    editor.setDecorations(this.#type, wanted && wanted.kind !== 'above' ? [decoration(wanted)] : []);
    const lens = wanted?.kind === 'above' ? { document: editor.document, ghost: wanted } : undefined;
    if (!same(this.#lens?.ghost, lens?.ghost) || this.#lens?.document !== lens?.document) {
      this.#lens = lens;
      this.#changed.fire();
    }
  }

  shown(editor: vscode.TextEditor): Ghost | null {
    return this.#shown.get(editor) ?? null;
  }

  /** No editor shows it any more. */
  clear(): void {
    if (this.#lens) {
      this.#lens = undefined;
      this.#changed.fire();
    }
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!this.#lens || this.#lens.document !== document) return [];
    const { line, text } = this.#lens.ghost;
    return [lensAbove(line, { title: text, command: '' })];
  }

  dispose(): void {
    this.#type.dispose();
    this.#changed.dispose();
  }
}

function decoration({ kind, line, text }: Ghost): vscode.DecorationOptions {
  const end = new vscode.Position(line, Number.MAX_SAFE_INTEGER);
  const margin = kind === 'behind' ? '0 0 0 3ch' : '0';
  return textBehind(end, text, margin);
}

function same(a: Ghost | null | undefined, b: Ghost | null | undefined): boolean {
  return a?.kind === b?.kind && a?.line === b?.line && a?.text === b?.text;
}
