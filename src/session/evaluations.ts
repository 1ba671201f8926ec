import * as vscode from 'vscode';
import type { Evaluation } from '../evaluation/evaluation.ts';
import { howOf } from '../runs/selection.ts';
import type { EvaluationScope, EvaluationView } from './evaluationView.ts';
import { FileWork } from './fileWork.ts';
import { picksKey } from './picksKey.ts';
import { truthBeside } from './truthFile.ts';

/** Whether the map being looked at is right. */
export class Evaluations extends FileWork<Evaluation, EvaluationView> {
  #scope: EvaluationScope = 'file';

  get view(): EvaluationView {
    return { scope: this.#scope, evaluation: this.result, ...this.standing };
  }

  /** Of the whole file, everything but the instance that is picked; not what is only previewed. */
  protected override get basis(): string {
    const { selection } = this.session.state;
    const which = this.#scope === 'instance' ? selection.instance : 'all';
    return `${this.session.revision} ${which} ${picksKey(selection)}`;
  }

  /** Judges the maps of the file or the instance being looked at; a run that goes on already ends. */
  run(scope: EvaluationScope, report: (share: number, what: string) => void = () => {}): Promise<void> {
    this.cancel();
    this.#scope = scope;
    const words = {
      doing: vscode.l10n.t('Evaluating'),
      nothingOpen: vscode.l10n.t(
        'Explain a data file first; the evaluation is about the map being looked at.',
      ),
    };
    return this.work(
      words,
      async (asked, { file, selection }, context) => {
        const instances = scope === 'instance' ? [selection.instance] : undefined;
        const truth = await truthBeside(file!, asked.project);
        return this.engine.call('evaluate', { ...howOf(selection), ...asked, instances, truth }, context);
      },
      report,
    );
  }
}
