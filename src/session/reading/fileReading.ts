import * as vscode from 'vscode';
import { patchSettings } from '../../data/reading/patchSettings.ts';
import type { Doubt, ProjectPatch } from '../../data/reading/readingPlan.ts';
import type { Tried } from '../../engine/reading/readAs.ts';
import type { ReadingFact } from '../../engine/reading/topics.ts';
import { patchProject } from '../../project/patchProject.ts';
import { Refusal } from '../../refusal.ts';
import { logged } from '../core/refused.ts';
import type { HostEngine } from '../hostEngine.ts';
import { refusedBy } from '../refusedBy.ts';
import type { Session } from '../session.ts';
import type { SessionState } from '../state.ts';
import type { Log } from '../surfaces/log.ts';
import { editProject, type ProjectEdit, undoEdit } from './projectEdit.ts';
import { readingRequest } from './readingRequest.ts';
import type { ReadingView } from './readingView.ts';

interface Open {
  readonly doubt: Doubt;
  readonly tried: readonly (Tried | null)[];
}

/** How the file being looked at is read: what is said of it, the question where there is one, and changes to it. */
export class FileReading implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #asked = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  #open: Open | undefined;
  #written:
    | {
        readonly edit: ProjectEdit;
        readonly words: string;
        readonly file: string;
        readonly taken?: string | undefined;
      }
    | undefined;
  #abort = new AbortController();

  readonly onDidChange = this.#changed.event;
  /** A question has come up that nobody has been shown yet. */
  readonly onDidAsk = this.#asked.event;

  constructor(
    private readonly engine: HostEngine,
    private readonly session: Session,
    private readonly log: Log,
  ) {
    this.#subscription = session.onDidChange((state) => this.#follow(state));
  }

  get view(): ReadingView {
    const { data, explanation } = this.session.state;
    const open = this.#open;
    return {
      plan: open ? null : (data?.plan ?? null),
      facts: open || !data ? [] : withOrigin(data.facts, explanation?.padding.origin),
      question: open
        ? {
            sentence: open.doubt.sentence,
            ways: open.doubt.ways.map(({ label, patch }, index) => ({
              label,
              setting: settingText(patch),
              tried: open.tried[index] ?? null,
            })),
          }
        : null,
      written: this.#writtenHere?.words ?? null,
      taken: this.#writtenHere?.taken,
    };
  }

  /** What was written for the file that is looked at. */
  get #writtenHere() {
    return this.#written?.file === this.session.state.file?.toString() ? this.#written : undefined;
  }

  /** Reads the file the way a question offers, from now on. @throws Refusal */
  async take(way: number): Promise<void> {
    const chosen = this.#open?.doubt.ways[way];
    if (chosen) await this.write(chosen.patch, chosen.label);
  }

  /** Writes into attribution.json and looks at the file anew. @param taken as a person chose it @throws Refusal */
  async write(patch: ProjectPatch, taken?: string): Promise<void> {
    const { file } = this.session.state;
    if (!file) return;
    const edit = await editProject(file, (text) => patchProject(text, patch));
    this.#written = { edit, words: settingText(patch), file: file.toString(), taken };
    this.#changed.fire();
    if (patch.mask === undefined) await this.session.rerun();
    else await this.session.choose({ mask: undefined });
  }

  /** Takes the last change back. @throws Refusal */
  async undo(): Promise<void> {
    const written = this.#written;
    if (!written) return;
    this.#written = undefined;
    this.#changed.fire();
    if (await undoEdit(written.edit)) return this.session.rerun();
    throw new Refusal(
      'project-changed',
      vscode.l10n.t(
        'attribution.json has changed since, so it is left as it is; Undo in its editor goes back.',
      ),
    );
  }

  /** What changes would give, before anything is written; the first answer is how it is now. */
  async tryOut(ways: readonly ProjectPatch[], signal?: AbortSignal): Promise<readonly Tried[]> {
    return this.engine.call('readings', { ...(await readingRequest(this.session.state)), ways }, { signal });
  }

  dispose(): void {
    this.#abort.abort();
    this.#subscription.dispose();
    this.#changed.dispose();
    this.#asked.dispose();
  }

  #follow({ activity }: SessionState): void {
    const doubt = activity.kind === 'refused' ? activity.doubt : undefined;
    if (activity.kind === 'busy' || doubt === this.#open?.doubt) {
      if (activity.kind !== 'busy') this.#changed.fire();
      return;
    }
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#open = doubt && { doubt, tried: [] };
    this.#changed.fire();
    if (doubt) {
      this.#asked.fire();
      void this.#preview(doubt, this.#abort.signal);
    }
  }

  /** One way after the other, each shown as soon as it is there. */
  async #preview(doubt: Doubt, signal: AbortSignal): Promise<void> {
    for (const [index, { patch }] of doubt.ways.entries()) {
      try {
        const [tried] = await this.tryOut([patch], signal);
        if (signal.aborted || this.#open?.doubt !== doubt) return;
        this.#open = { doubt, tried: this.#open.tried.toSpliced(index, 1, tried!) };
      } catch (error) {
        if (signal.aborted) return;
        logged(this.log, error);
        const sentence = refusedBy(error, true).sentence;
        this.#open = { doubt, tried: this.#open!.tried.toSpliced(index, 1, { kind: 'refused', sentence }) };
      }
      this.#changed.fire();
    }
  }
}

/** As attribution.json will say it: `data.case="file"`. */
function settingText(patch: ProjectPatch): string {
  return patchSettings(patch).join(', ');
}

/** What the picture took for padding goes before what the file alone tells. */
function withOrigin(facts: readonly ReadingFact[], origin: string | undefined): readonly ReadingFact[] {
  return origin === undefined
    ? facts
    : facts.map((fact) => (fact.topic === 'mask' ? { ...fact, words: origin } : fact));
}
