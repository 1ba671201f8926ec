import * as vscode from 'vscode';
import type { FileWork } from '../../session/fileWork.ts';
import { linkedScript } from '../../session/linkedScript.ts';
import type { Session } from '../../session/session.ts';
import type { SessionState } from '../../session/state.ts';
import { lensAbove } from '../../session/surfaces/besideLines.ts';
import { type LensVerdict, lensText } from './lensText.ts';
import { recognise, type Spot } from './recognise.ts';
import { RunChange } from './runNumbers.ts';

const languages = ['python', 'javascript', 'typescript', 'javascriptreact', 'typescriptreact'];

/** Code lenses above the lines of a linked script that pad, standardise, mask, truncate or resample. */
export class ScriptLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  readonly #runs = new RunChange();
  readonly #spots = new WeakMap<vscode.TextDocument, { readonly version: number; readonly spots: Spot[] }>();
  #shown = '';
  #explanation: SessionState['explanation'];

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(
    private readonly session: Session,
    private readonly audits: FileWork<'audit'>,
    private readonly isFront: () => boolean,
  ) {
    const files = languages.map((language) => ({ language, scheme: 'file' }));
    this.#subscription = vscode.Disposable.from(
      vscode.languages.registerCodeLensProvider(files, this),
      session.onDidChange((state) => this.#follow(state)),
      audits.onDidChange(() => this.#refresh()),
    );
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    if (!this.isFront() || !(await this.#isLinked(document))) return [];
    const command = this.#command(document);
    return this.#spotsIn(document).map(({ line }) => lensAbove(line, command));
  }

  /** Another panel has come to the front, or this one. */
  refresh(): void {
    this.#changed.fire();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  #command({ uri }: vscode.TextDocument): vscode.Command {
    const { project, activity } = this.session.state;
    const { change } = this.#runs;
    if (project?.script !== uri.fsPath || !change) {
      const title = vscode.l10n.t('Attribution: explain a data file to see what this line does');
      return { title, command: 'attribution.showPanel' };
    }
    const { title, tooltip } = lensText(change, this.#verdict(), vscode.l10n.t);
    const failed = activity.kind === 'refused' ? `${vscode.l10n.t('last good run')}: ` : '';
    return { title: failed + title, tooltip, command: 'attribution.showPanel' };
  }

  #verdict(): LensVerdict | null {
    const { result: audit, outdated } = this.audits.view;
    return audit && { lengthEvidence: audit.verdicts.lengthEvidence.answer, outdated };
  }

  /** The script of what is being looked at, or one that the nearest attribution.json links. */
  async #isLinked({ uri }: vscode.TextDocument): Promise<boolean> {
    if (uri.fsPath === this.session.state.project?.script) return true;
    return (await linkedScript(uri).catch(() => undefined)) === uri.fsPath;
  }

  #spotsIn(document: vscode.TextDocument): Spot[] {
    const known = this.#spots.get(document);
    if (known?.version === document.version) return known.spots;
    const language = document.languageId === 'python' ? 'python' : 'javascript';
    const spots = recognise(document.getText(), language);
    this.#spots.set(document, { version: document.version, spots });
    return spots;
  }

  #follow(state: SessionState): void {
    const { explanation, activity, project } = state;
    if (!explanation || !project?.script) {
      this.#runs.clear();
      this.#explanation = undefined;
    } else if (explanation !== this.#explanation && activity.kind === 'idle') {
      this.#explanation = explanation;
      this.#runs.add(explanation);
    }
    // A run that goes on leaves the lenses alone.
    if (activity.kind !== 'busy') this.#refresh();
  }

  /** Only when they would say something else. */
  #refresh(): void {
    const { project, activity } = this.session.state;
    const says = JSON.stringify([project?.script, activity.kind, this.#runs.change, this.#verdict()]);
    if (says !== this.#shown) {
      this.#shown = says;
      this.#changed.fire();
    }
  }
}
