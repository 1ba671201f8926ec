import type * as vscode from 'vscode';
import type { HeatTypes, Mark } from './heatTypes.ts';

/** A mark and the places that get it. */
interface Marked {
  readonly mark: Mark;
  readonly ranges: readonly vscode.Range[];
}

/** What one editor shows; only what differs from what it has is handed to VS Code. */
export class EditorPaint {
  #shown = new Map<string, Marked>();

  constructor(
    private readonly editor: vscode.TextEditor,
    private readonly types: HeatTypes,
  ) {}

  get shown(): readonly Marked[] {
    return [...this.#shown.values()];
  }

  /** @param afresh the text was edited: VS Code has moved what it had */
  show(wanted: Iterable<readonly [Mark, vscode.Range]>, afresh: boolean): void {
    const grouped = new Map<string, { mark: Mark; ranges: vscode.Range[] }>();
    for (const [mark, range] of wanted) {
      const key = JSON.stringify(mark);
      const group = grouped.get(key);
      if (group) group.ranges.push(range);
      else grouped.set(key, { mark, ranges: [range] });
    }
    for (const [key, { mark }] of this.#shown) {
      if (!grouped.has(key)) this.editor.setDecorations(this.types.get(mark), []);
    }
    for (const [key, { mark, ranges }] of grouped) {
      if (afresh || !same(ranges, this.#shown.get(key)?.ranges)) {
        this.editor.setDecorations(this.types.get(mark), ranges);
      }
    }
    this.#shown = grouped;
  }
}

function same(a: readonly vscode.Range[], b: readonly vscode.Range[] | undefined): boolean {
  return a.length === b?.length && a.every((range, i) => range.isEqual(b[i]!));
}
