import * as vscode from 'vscode';
import type { Sighting } from '../engine/contract.ts';
import type { TrainRequest } from '../engine/requests.ts';
import type { TrainAnswer } from '../engine/train/trainReport.ts';
import type { ReportProgress } from '../progress.ts';
import { findProject } from '../project/project.ts';
import { Refusal } from '../refusal.ts';
import { contentOf, pathOf } from './content.ts';
import { logged } from './core/refused.ts';
import { Turns } from './core/turns.ts';
import type { Lab } from './lab.ts';
import { refusedBy } from './refusedBy.ts';
import type { Log } from './surfaces/log.ts';
import type { TrainingView, TrainWish } from './trainingView.ts';
import type { WorkActivity } from './workView.ts';

/** A network that was trained on a file. */
export interface TrainedOn {
  readonly file: vscode.Uri;
  readonly wish: TrainWish;
  readonly answer: TrainAnswer;
}

const NOTHING: TrainingView = {
  ...{ data: null, wish: null, activity: { kind: 'idle' }, curve: [], report: null, isOpen: false },
};

/** Trains networks on files, one at a time; the last one is held until another begins. Bad input becomes state. */
export class Training implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<TrainingView>();
  #view = NOTHING;
  #trained: TrainedOn | null = null;
  readonly #turns = new Turns((message) => vscode.l10n.t(message));

  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly lab: Lab,
    private readonly log: Log,
  ) {}

  get view(): TrainingView {
    return this.#view;
  }

  get trained(): TrainedOn | null {
    return this.#trained;
  }

  /** After the first epoch the best so far becomes the result; before it, or asked again, the training ends. */
  cancel(): void {
    const outcome = this.#turns.cancel(this.#view.curve.length > 0);
    if (outcome === 'keeps the best') this.#become({ activity: { kind: 'busy', what: this.#turns.ending } });
    else if (outcome === 'ended') this.#become({ activity: { kind: 'idle' } });
  }

  /** The model has been written. */
  written(): void {
    this.#become({ isOpen: false });
  }

  async run(file: vscode.Uri, wish: TrainWish, report: ReportProgress = () => {}): Promise<void> {
    const { signal, enough, isOn, telling } = this.#turns.begin();
    this.#trained = null;
    const activity: WorkActivity = { kind: 'busy', what: vscode.l10n.t('Training') };
    this.#become({ ...NOTHING, data: nameOf(file), wish, activity });
    const saw = (sighting: Sighting) => {
      if (isOn() && 'epoch' in sighting) this.#become({ curve: [...this.#view.curve, sighting.epoch] });
    };
    try {
      const request = await requestOf(file, wish);
      const told: ReportProgress = (share, what) => {
        if (isOn()) this.#become({ activity: { kind: 'busy', what, share } });
        report(share, what);
      };
      const options = { signal, enough, saw, report: telling(told) };
      const answer = await this.lab.call(vscode.l10n.t('A training'), 'train', request, options);
      if (!isOn()) return;
      this.#turns.done();
      this.#trained = { file, wish, answer };
      const { report: made } = answer;
      this.#become({ activity: { kind: 'idle' }, curve: made.curve, report: made, isOpen: true });
    } catch (error) {
      if (!isOn()) return;
      this.#turns.done();
      logged(this.log, error);
      this.#become({ activity: { kind: 'refused', sentence: refusedBy(error, false).sentence } });
    }
  }

  dispose(): void {
    this.#turns.stop();
    this.#changed.dispose();
  }

  #become(change: Partial<TrainingView>): void {
    this.#view = { ...this.#view, ...change };
    this.#changed.fire(this.#view);
  }
}

async function requestOf(file: vscode.Uri, wish: TrainWish): Promise<TrainRequest> {
  if (!vscode.workspace.isTrusted) {
    throw new Refusal('untrusted', vscode.l10n.t('Models are not trained before you trust this workspace.'));
  }
  return { ...wish, ...(await sourceOf(file)), maskInput: false, seed: 1 };
}

/** A file as a training reads it. */
export async function sourceOf(
  file: vscode.Uri,
): Promise<Pick<TrainRequest, 'data' | 'content' | 'project'>> {
  const data = pathOf(file);
  const within = vscode.workspace.getWorkspaceFolder(file)?.uri.fsPath;
  return { data, content: await contentOf(file), project: await findProject(data, within) };
}

function nameOf(file: vscode.Uri): string {
  return file.path.slice(file.path.lastIndexOf('/') + 1);
}
