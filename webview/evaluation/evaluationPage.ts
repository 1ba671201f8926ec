import { switchWords } from '../../src/attribution/switches.ts';
import type { Evaluation } from '../../src/evaluation/evaluation.ts';
import { MOST_JUDGED } from '../../src/evaluation/mostJudged.ts';
import type { PanelViews } from '../../src/views/panel/contract.ts';
import { button, element, replace } from '../element.ts';
import { counted } from '../format.ts';
import { LIST_THEM, type Page, type PageView } from '../pageView.ts';
import { findingItem } from '../sections/findings.ts';
import { needsClasses } from '../sections/needsClasses.ts';
import { runs, showWork, workStatus } from '../sections/workStatus.ts';
import type { Theme } from '../theme.ts';
import { completenessBlock, paddingBlock, truthBlock } from './figures.ts';
import { RemovalCharts } from './removalCharts.ts';
import { evaluationCards } from './verdictCards.ts';
import { WeightBars } from './weightBars.ts';

type EvaluationView = PanelViews['evaluation'];

interface Drawn {
  draw(theme: Theme): void;
  destroy(): void;
}

/** The Evaluation view: whether the map being looked at is right, and how it stands with finding out. */
export class EvaluationPage implements PageView<EvaluationView> {
  readonly #status = element('div', { class: 'audit-status', id: 'evaluation-status' });
  readonly #body = element('div', { class: 'audit-body', id: 'evaluation-body' });
  readonly root = element('div', { class: 'audit evaluation' }, this.#status, this.#body);
  #charts: Drawn[] = [];
  #shown: Evaluation | null = null;
  #view: EvaluationView | undefined;

  constructor(private readonly page: Page) {}

  show(view: EvaluationView): void {
    this.#view = view;
    const { result: evaluation, activity, outdated } = view;
    this.root.dataset.state = activity.kind;
    showWork(this.#status, this.#statusLine(view));
    this.#body.classList.toggle('outdated', outdated);
    if (evaluation === this.#shown) return;
    this.#shown = evaluation;
    for (const chart of this.#charts) chart.destroy();
    this.#charts = [];
    this.#body.replaceChildren();
    if (evaluation) this.#fill(evaluation);
  }

  explained(): void {
    if (this.#view) showWork(this.#status, this.#statusLine(this.#view));
  }

  /** Charts need a size, so they are drawn when the view is in front. */
  draw(theme: Theme): void {
    if (this.root.hidden) return;
    for (const chart of this.#charts) chart.draw(theme);
  }

  #fill(evaluation: Evaluation): void {
    const removal = new RemovalCharts(evaluation);
    const weights = new WeightBars(evaluation);
    this.#charts = [removal, weights];
    replace(
      this.#body,
      element('p', { class: 'dim', id: 'evaluation-what' }, what(evaluation)),
      this.#landing(evaluation),
      evaluation.findings &&
        element(
          'ul',
          { class: 'findings plain', id: 'evaluation-findings' },
          ...evaluation.findings.map(findingItem),
        ),
      evaluationCards(evaluation),
      removal.root,
      paddingBlock(evaluation),
      weights.root,
      completenessBlock(evaluation),
      truthBlock(evaluation),
      element('p', { class: 'dim origin' }, `Seed ${evaluation.seed}, ${evaluation.provenance.runtime}`),
    );
    this.draw(this.page.theme());
  }

  #landing({ instances }: Evaluation): HTMLElement | false {
    const these = { name: 'evaluated', indices: new Set(instances.map(({ index }) => index)) };
    const list = () => this.page.list('these', these);
    return instances.length > 1 && button({ class: 'link', id: 'list-evaluated' }, list, LIST_THEM);
  }

  #statusLine({
    result: evaluation,
    activity,
    outdated,
    instances,
  }: EvaluationView): (HTMLElement | false)[] {
    const all =
      instances > 1
        ? `Evaluate on ${instances > MOST_JUDGED ? MOST_JUDGED : `All ${instances}`} Instances`
        : 'Evaluate This Map';
    return workStatus(this.page.host, activity, {
      name: 'evaluation',
      cancel: 'cancelEvaluation',
      words: statusWords(evaluation, outdated),
      none: needsClasses(this.page, 'The evaluation of a map'),
      actions: [
        instances > 0 && runs(this.page.host, all, 'evaluateMap', 'evaluate-file', !evaluation || outdated),
        instances > 1 &&
          runs(this.page.host, 'Evaluate on This Instance', 'evaluateInstance', 'evaluate-instance'),
        evaluation !== null && runs(this.page.host, 'Export JSON…', 'exportEvaluation', 'export-evaluation'),
      ],
    });
  }
}

function statusWords(evaluation: Evaluation | null, outdated: boolean): string {
  if (!evaluation) {
    return 'The evaluation asks whether the map itself is right: whether what it calls important changes the answer when it is taken away, whether it rests on what the model has learned, what it adds up to. Nothing has been evaluated yet.';
  }
  return outdated
    ? 'This evaluation is out of date: picks, model, mask or data have changed since.'
    : `Evaluated ${counted(evaluation.instances.length, 'map')}.`;
}

/** `Grad-CAM of conv1d (no ReLU) on 60 instances, a sample of 370; a cell is a step with all its features.` */
function what(one: Evaluation): string {
  const notes = switchWords(one.how);
  const { length } = one.instances;
  const whom = length === 1 ? `instance ${one.instances[0]!.id}` : counted(length, 'instance');
  const sampled = one.of > length ? `, a sample of ${one.of}` : '';
  const cell =
    one.cells === 'step' ? 'a cell is a step with all its features' : 'a cell is one feature at one step';
  const by = one.ranking === 'magnitude' ? ', ranked by magnitude' : '';
  return `${one.methodLabel} of ${one.how.layer}${notes.length ? ` (${notes.join(', ')})` : ''} on ${whom}${sampled}; ${cell}${by}.`;
}
