import * as vscode from 'vscode';
import type { Audit } from '../padding/audit.ts';
import type { AuditScope, AuditView } from './auditView.ts';
import { FileWork } from './fileWork.ts';

/** The padding audit of the file being looked at. */
export class Audits extends FileWork<Audit, AuditView> {
  #scope: AuditScope = 'file';

  get view(): AuditView {
    return { scope: this.#scope, audit: this.result, ...this.standing };
  }

  protected override get basis(): string {
    return `${this.session.revision}`;
  }

  /** Audits the file or the instance being looked at; an audit that runs already ends. */
  run(scope: AuditScope, report: (share: number, what: string) => void = () => {}): Promise<void> {
    this.cancel();
    this.#scope = scope;
    const words = {
      doing: vscode.l10n.t('Auditing'),
      nothingOpen: vscode.l10n.t(
        'Explain a data file first; the audit is about the file and model being looked at.',
      ),
    };
    return this.work(
      words,
      (asked, { selection, explanation }, context) => {
        const instances = scope === 'instance' ? [selection.instance] : undefined;
        return this.engine.call('audit', { ...asked, layer: explanation?.layer.name, instances }, context);
      },
      report,
    );
  }
}
