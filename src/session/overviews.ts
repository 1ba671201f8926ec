import * as vscode from 'vscode';
import type { Overview } from '../overview/overview.ts';
import { howOf } from '../runs/selection.ts';
import { FileWork } from './fileWork.ts';
import type { OverviewView } from './overviewView.ts';
import { picksKey } from './picksKey.ts';

/** The maps of the whole file being looked at, added up. */
export class Overviews extends FileWork<Overview, OverviewView> {
  get overview(): Overview | null {
    return this.result;
  }

  get view(): OverviewView {
    return { made: this.result !== null, ...this.standing };
  }

  /** Everything but the instance that is picked; not what is only previewed. */
  protected override get basis(): string {
    return `${this.session.revision} ${picksKey(this.session.state.selection)}`;
  }

  /** Explains every instance as the one being looked at; a run that goes on already ends. */
  run(report: (share: number, what: string) => void = () => {}): Promise<void> {
    this.cancel();
    const words = {
      doing: vscode.l10n.t('Explaining'),
      nothingOpen: vscode.l10n.t(
        'Explain a data file first; the dataset view is about the file and model being looked at.',
      ),
    };
    return this.work(
      words,
      (asked, { selection }, context) => {
        // The picks go by the names the engine has for them.
        return this.engine.call('overview', { ...howOf(selection), ...asked }, context);
      },
      report,
    );
  }
}
