import * as vscode from 'vscode';
import { documentOf, textFile } from '../../session/content.ts';
import type { Session } from '../../session/session.ts';
import { EditorPaint } from './editorPaint.ts';
import { type Ghost, GhostLine } from './ghostLine.ts';
import { HeatTypes, type Mark } from './heatTypes.ts';
import type { Staleness } from './hoverText.ts';
import { inlineMode, onInlineMode } from './inlineSetting.ts';
import { type CellMark, type RowMark, rowMarks } from './marks.ts';
import type { LineRun } from './overview.ts';
import { Picture } from './picture.ts';
import { rowHover } from './rowHover.ts';

/** Lines beyond what can be seen that are marked, too, so that scrolling a little shows no bare rows. */
const margin = 40;
/** Folded regions count as visible lines. */
const mostRows = 1000;

/** What one editor was given to show; lines and characters are 0-based. */
export interface InlineDecorations {
  readonly viewColumn: vscode.ViewColumn | undefined;
  readonly stale: boolean;
  readonly rows: readonly RowMark[];
  readonly cells: readonly CellMark[];
  readonly overview: readonly LineRun[];
  readonly ghost: Ghost | null;
}

/** Attribution on the rows of the data file, in every editor that shows it. */
export class Inline implements vscode.Disposable, vscode.HoverProvider {
  #types = new HeatTypes(vscode.window.activeColorTheme);
  #paints = new WeakMap<vscode.TextEditor, EditorPaint>();
  #painted = new Set<vscode.TextEditor>();
  readonly #ghost = new GhostLine();
  readonly #subscription: vscode.Disposable;
  #picture: Picture | undefined;
  #file = '';
  #stale: Staleness = null;
  #providers: vscode.Disposable | undefined;
  #pending: NodeJS.Timeout | undefined;
  #afresh = false;
  #yields = false;

  constructor(private readonly session: Session) {
    this.#subscription = vscode.Disposable.from(
      session.onDidChange(() => this.#follow()),
      vscode.workspace.onDidChangeTextDocument((change) => this.#edited(change)),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#draw()),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.#drawEditor(textEditor)),
      vscode.window.onDidChangeActiveColorTheme((theme) => this.#retheme(theme)),
      onInlineMode(() => this.#draw()),
    );
    this.#follow();
  }

  /** What VS Code was last told for each visible editor of a file; between runs it moves with the text by itself. */
  decorations(file: vscode.Uri): readonly InlineDecorations[] {
    return editorsOf(file.toString()).map((editor) => {
      const shown = this.#paints.get(editor)?.shown ?? [];
      const of = (kind: Mark['kind']) => shown.filter(({ mark }) => mark.kind === kind);
      const each = <T>(kind: Mark['kind'], make: (mark: Mark, range: vscode.Range) => T) =>
        of(kind).flatMap(({ mark, ranges }) => ranges.map((range) => make(mark, range)));
      return {
        viewColumn: editor.viewColumn,
        stale: shown.some(({ mark }) => mark.stale),
        rows: each('row', ({ level, padded = false }, { start }) => ({ line: start.line, level, padded })),
        cells: each('cell', ({ level }, { start, end }) => ({
          line: start.line,
          from: start.character,
          to: end.character,
          level,
        })),
        overview: each('overview', ({ level }, { start, end }) => ({
          from: start.line,
          to: end.line,
          level,
        })),
        ghost: this.#ghost.shown(editor),
      };
    });
  }

  /** Leaves the rows to another panel that shows the same file. */
  yield(on: boolean): void {
    if (on === this.#yields) return;
    this.#yields = on;
    this.#follow();
  }

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | null {
    const isOurs = this.#picture && inlineMode() !== 'off' && document.uri.toString() === this.#file;
    return isOurs ? rowHover(this.#picture!, document, position, this.#stale) : null;
  }

  dispose(): void {
    clearTimeout(this.#pending);
    this.#subscription.dispose();
    this.#providers?.dispose();
    this.#ghost.dispose();
    this.#types.dispose();
  }

  #follow(): void {
    const { explanation, activity } = this.session.state;
    const file = this.#yields ? undefined : textFile(this.session.state);
    const before = this.#picture;
    const name = file?.toString() ?? '';
    if (name !== this.#file) {
      this.#file = name;
      this.#picture = undefined;
      this.#provide(file);
    }
    if (!explanation || !file) this.#picture = undefined;
    else if (explanation !== this.#picture?.explanation) this.#adopt();
    const stale = this.#picture?.edited ? 'edited' : activity.kind === 'refused' ? 'refused' : null;
    if (this.#picture !== before || stale !== this.#stale) {
      this.#stale = stale;
      this.#draw();
    }
  }

  /** A picture of a text that is not there any more only fits if its rows still do: the next run is on its way. */
  #adopt(): void {
    const { explanation, textVersion, data } = this.session.state;
    const document = documentOf(textFile(this.session.state)!);
    const isOfThisText =
      textVersion === undefined || document === undefined || document.version === textVersion;
    if (isOfThisText) this.#picture = new Picture(explanation!, data);
    else if (this.#picture?.explanation.instance.index !== explanation!.instance.index) {
      this.#picture = undefined;
    }
  }

  #edited({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (!this.#picture || contentChanges.length === 0 || document.uri.toString() !== this.#file) return;
    this.#picture.edit(
      contentChanges.map(({ range, text }) => ({
        start: range.start,
        end: range.end,
        breaks: text.match(/\r\n|\r|\n/g)?.length ?? 0,
      })),
    );
    this.#stale = 'edited';
    // After VS Code has shown what was typed.
    this.#afresh = true;
    this.#pending ??= setTimeout(() => this.#draw());
  }

  #retheme(theme: vscode.ColorTheme): void {
    this.#types.dispose();
    this.#types = new HeatTypes(theme);
    this.#paints = new WeakMap();
    this.#painted.clear();
    this.#draw();
  }

  /** Only while there is something to say: other files are none of our business. */
  #provide(file: vscode.Uri | undefined): void {
    this.#providers?.dispose();
    this.#providers =
      file &&
      vscode.Disposable.from(
        vscode.languages.registerHoverProvider({ scheme: file.scheme }, this),
        vscode.languages.registerCodeLensProvider({ scheme: file.scheme }, this.#ghost),
      );
  }

  #draw(): void {
    clearTimeout(this.#pending);
    this.#pending = undefined;
    const editors = new Set(editorsOf(this.#file));
    for (const editor of this.#painted) if (!editors.has(editor)) this.#drawEditor(editor);
    for (const editor of editors) this.#drawEditor(editor);
    if (editors.size === 0) this.#ghost.clear();
    this.#painted = editors;
    this.#afresh = false;
  }

  #drawEditor(editor: vscode.TextEditor): void {
    const { document } = editor;
    const isOurs = document.uri.toString() === this.#file;
    if (!isOurs && !this.#painted.has(editor)) return;
    const picture = isOurs && inlineMode() !== 'off' ? this.#picture : undefined;
    let paint = this.#paints.get(editor);
    if (!paint) {
      paint = new EditorPaint(editor, this.#types);
      this.#paints.set(editor, paint);
    }
    paint.show(picture && !picture.isSingleLine ? this.#marks(picture, editor) : [], this.#afresh);
    const ghost = picture ? this.#ghost.place(picture, document) : null;
    this.#ghost.show(editor, ghost, this.#stale !== null, this.#afresh);
  }

  *#marks(picture: Picture, editor: vscode.TextEditor): Generator<readonly [Mark, vscode.Range]> {
    const { document } = editor;
    const stale = this.#stale !== null;
    const { signed } = picture.heat.stepRange;
    const last = document.lineCount - 1;
    for (const { from, to, level } of picture.overview) {
      if (to <= last) yield [{ kind: 'overview', level, signed, stale }, new vscode.Range(from, 0, to, 0)];
    }
    const visible = visibleRows(picture, editor);
    const inCells = inlineMode() === 'cells' && picture.hasCells;
    for (const { line, level, padded } of rowMarks(picture.heat, visible)) {
      const mark = { kind: 'row', level, signed, stale, padded, tinted: !inCells } as const;
      yield [mark, new vscode.Range(line, 0, line, 0)];
    }
    if (!inCells) return;
    const ofCells = picture.heat.cellRange!.signed;
    for (const { line, from, to, level } of picture.cells(visible, (at) => document.lineAt(at).text)) {
      yield [{ kind: 'cell', level, signed: ofCells, stale }, new vscode.Range(line, from, line, to)];
    }
  }
}

function editorsOf(file: string): readonly vscode.TextEditor[] {
  return vscode.window.visibleTextEditors.filter(({ document }) => document.uri.toString() === file);
}

function visibleRows({ rows }: Picture, { document, visibleRanges }: vscode.TextEditor) {
  const last = document.lineCount - 1;
  const found = visibleRanges.flatMap(({ start, end }) =>
    rows.between(Math.max(0, start.line - margin), Math.min(last, end.line + margin)),
  );
  return found.slice(0, mostRows);
}
