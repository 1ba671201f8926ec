import * as vscode from 'vscode';
import { gutterIcon } from './gutterIcon.ts';
import { colourOf, type EditorGround, type Level, strengthOf } from './level.ts';

/** One way to mark a place; equal ones share a decoration type. */
export interface Mark {
  readonly kind: 'row' | 'cell' | 'overview';
  readonly level: Level;
  readonly signed: boolean;
  readonly stale: boolean;
  /** Rows only. */
  readonly padded?: boolean;
  /** Rows only: with a background. */
  readonly tinted?: boolean;
}

/** VS Code's decoration types for marks, in the colours of the theme, made when first needed. */
export class HeatTypes implements vscode.Disposable {
  readonly #types = new Map<string, vscode.TextEditorDecorationType>();
  readonly #ground: EditorGround;
  readonly #highContrast: boolean;

  constructor({ kind }: vscode.ColorTheme) {
    const { Light, HighContrast, HighContrastLight } = vscode.ColorThemeKind;
    this.#ground = kind === Light || kind === HighContrastLight ? 'light' : 'dark';
    this.#highContrast = kind === HighContrast || kind === HighContrastLight;
  }

  get(mark: Mark): vscode.TextEditorDecorationType {
    const key = JSON.stringify(mark);
    const known = this.#types.get(key);
    if (known) return known;
    const type = vscode.window.createTextEditorDecorationType(this.#options(mark));
    this.#types.set(key, type);
    return type;
  }

  dispose(): void {
    for (const type of this.#types.values()) type.dispose();
    this.#types.clear();
  }

  #options(mark: Mark): vscode.DecorationRenderOptions {
    const { kind, level, signed, stale } = mark;
    const strength = strengthOf(level, signed);
    const colour = (opacity: number) =>
      `rgba(${colourOf(level, signed, this.#ground)}, ${((stale ? 0.3 : 1) * opacity).toFixed(3)})`;
    // Text neighbouring a mark is not part of it.
    const rangeBehavior = vscode.DecorationRangeBehavior.ClosedClosed;
    switch (kind) {
      case 'overview':
        return {
          rangeBehavior,
          overviewRulerColor: colour(0.3 + 0.7 * strength),
          overviewRulerLane: vscode.OverviewRulerLane.Right,
        };
      case 'cell':
        // Where contrast counts, the text keeps its ground and the heat goes below it.
        return this.#highContrast
          ? { rangeBehavior, borderStyle: 'solid', borderWidth: '0 0 2px 0', borderColor: colour(1) }
          : { rangeBehavior, backgroundColor: colour(0.5 * strength), borderRadius: '2px' };
      case 'row': {
        const svg = gutterIcon(level, signed, this.#ground, mark.padded === true, stale);
        const data = Buffer.from(svg).toString('base64');
        const isTinted = mark.tinted && !mark.padded && !stale && !this.#highContrast;
        return {
          rangeBehavior,
          isWholeLine: true,
          gutterIconPath: vscode.Uri.parse(`data:image/svg+xml;base64,${data}`),
          gutterIconSize: '100% 100%',
          ...(isTinted ? { backgroundColor: colour(0.22 * strength) } : {}),
        };
      }
    }
  }
}
