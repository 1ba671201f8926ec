import type { Audit, ValuesAudit } from '../../src/padding/audit.ts';
import type { PanelViews } from '../../src/views/panel/contract.ts';
import { button, element, replace } from '../element.ts';
import { counted } from '../format.ts';
import type { Page, PageView } from '../pageView.ts';
import { runs, showWork, workStatus } from '../sections/workStatus.ts';
import type { Theme } from '../theme.ts';
import { advice, preprocessing } from './advice.ts';
import { evidence, masked, splitBar } from './figures.ts';
import { FlipBars } from './flipBars.ts';
import { layerFacts } from './layerFacts.ts';
import { LengthScatter } from './lengthScatter.ts';
import { oneAnswer } from './oneAnswer.ts';
import { SweepCurve } from './sweepCurve.ts';
import { valueChanges } from './valueChanges.ts';
import { verdictCards } from './verdictCards.ts';

type AuditView = PanelViews['audit'];

interface Drawn {
  draw(theme: Theme): void;
  destroy(): void;
}

/** The Audit view: how it stands with the audit, and the audit itself. */
export class AuditPage implements PageView<AuditView> {
  readonly #status = element('div', { class: 'audit-status', id: 'audit-status' });
  readonly #body = element('div', { class: 'audit-body', id: 'audit-body' });
  readonly root = element('div', { class: 'audit' }, this.#status, this.#body);
  #charts: Drawn[] = [];
  #shown: Audit | null = null;

  constructor(private readonly page: Page) {}

  show(view: AuditView): void {
    const { result: audit, activity, outdated } = view;
    this.root.dataset.state = activity.kind;
    showWork(this.#status, this.#statusLine(view));
    this.#body.classList.toggle('outdated', outdated);
    if (audit === this.#shown) return;
    this.#shown = audit;
    this.#clear();
    if (audit) this.#fill(audit);
  }

  /** Charts need a size, so they are drawn when the view is in front. */
  draw(theme: Theme): void {
    for (const chart of this.#charts) chart.draw(theme);
  }

  #fill(audit: Audit): void {
    if (audit.values) {
      this.#fillValues(audit, audit.values);
      return;
    }
    const one = audit.instances.length === 1;
    const flips = one ? null : new FlipBars(audit);
    const sweep = new SweepCurve(audit);
    const scatter = one ? null : new LengthScatter(audit, (index) => this.page.openInstance(index));
    this.#charts = [flips, sweep, scatter].filter((chart) => chart !== null);
    replace(
      this.#body,
      verdictCards(audit),
      advice(audit, (wish) => this.page.repair(wish)),
      layerFacts(audit),
      flips?.root ?? oneAnswer(audit),
      audit.instances.some((one) => one.flips.length > 0) &&
        button(
          { class: 'link', id: 'list-flips' },
          () => this.page.list('flips'),
          'Show those that flip in the list of instances',
        ),
      evidence(audit),
      sweep.root,
      splitBar(audit),
      scatter?.root,
      masked(audit),
      preprocessing(audit),
      origin(audit),
    );
    if (!this.root.hidden) this.draw(this.page.theme());
  }

  #fillValues(audit: Audit, values: ValuesAudit): void {
    replace(
      this.#body,
      verdictCards(audit),
      layerFacts(audit),
      valueChanges(values),
      preprocessing(audit),
      origin(audit),
    );
  }

  #clear(): void {
    for (const chart of this.#charts) chart.destroy();
    this.#charts = [];
    this.#body.replaceChildren();
  }

  #statusLine({ result: audit, activity, outdated, scope, instances }: AuditView): (HTMLElement | false)[] {
    const all = audit ? 'Audit Again' : `Audit ${instances > 1 ? `All ${instances} Instances` : 'This File'}`;
    return workStatus(this.page.host, activity, {
      name: 'audit',
      cancel: 'cancelAudit',
      words: this.#words(audit, outdated, scope),
      actions: [
        // None while the file is still being read.
        instances > 0 && runs(this.page.host, all, 'auditFile', 'audit-file', !audit || outdated),
        instances > 1 && runs(this.page.host, 'Audit This Instance', 'auditInstance', 'audit-instance'),
        audit !== null && runs(this.page.host, 'Export Report…', 'exportAuditReport', 'export-report'),
      ],
    });
  }

  #words(audit: Audit | null, outdated: boolean, scope: AuditView['scope']): string {
    if (!audit)
      return 'The audit asks the model what padding does to its answers and maps: it changes the padding and the lengths and compares. Nothing has been audited yet.';
    const what =
      scope === 'instance' && audit.instances.length === 1
        ? `instance ${audit.instances[0]!.id}`
        : counted(audit.instances.length, 'instance');
    return outdated
      ? `This audit of ${what} is out of date: model, mask or data have changed since.`
      : `Audited ${what}.`;
  }
}

function origin(audit: Audit): HTMLElement {
  const instances = counted(audit.instances.length, 'instance');
  return element(
    'p',
    { class: 'dim origin' },
    `${instances}, seed ${audit.seed}, ${audit.provenance.runtime}`,
  );
}
