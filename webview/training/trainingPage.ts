import { widthSaid } from '../../src/architectures/widthSaid.ts';
import { formatNumber, formatShare } from '../../src/format.ts';
import type { PanelViews } from '../../src/views/panel/contract.ts';
import { LearningCurve } from '../chart/learningCurve.ts';
import { element, icon, replace } from '../element.ts';
import { counted } from '../format.ts';
import type { Page, PageView } from '../pageView.ts';
import { runs, showWork, workStatus } from '../sections/workStatus.ts';
import type { Theme } from '../theme.ts';

type TrainingView = PanelViews['training'];
type Report = NonNullable<TrainingView['report']>;

/** The Training view: the learning curve as it grows, and what came of it. */
export class TrainingPage implements PageView<TrainingView> {
  readonly #status = element('div', { class: 'audit-status', id: 'training-status' });
  readonly #facts = element('div', { class: 'training-facts', id: 'training-facts' });
  readonly #curve = new LearningCurve('training-curve');
  readonly root: HTMLElement;

  constructor(private readonly page: Page) {
    this.#curve.root.hidden = true;
    this.root = element('div', { class: 'audit training' }, this.#status, this.#facts, this.#curve.root);
  }

  show(view: TrainingView): void {
    const { activity, curve, report } = view;
    this.root.dataset.state = activity.kind;
    showWork(this.#status, this.#statusLine(view));
    replace(this.#facts, ...(report ? facts(report) : []));
    // Refused before an epoch was through: none will be.
    this.#curve.root.hidden = view.wish === null || (activity.kind !== 'busy' && curve.length === 0);
    this.#curve.show(curve, report?.best);
    if (!this.root.hidden) this.draw(this.page.theme());
  }

  /** Charts need a size, so they are drawn when the view is in front. */
  draw(theme: Theme): void {
    if (!this.#curve.root.hidden) this.#curve.draw(theme);
  }

  #statusLine({ data, wish, activity, report, isOpen }: TrainingView): (HTMLElement | false)[] {
    const { host } = this.page;
    const masked = wish?.masked ? ', every layer masked' : '';
    return workStatus(host, activity, {
      name: 'training',
      cancel: 'cancelTraining',
      words: !wish
        ? 'A new classifier is learnt from the labelled series of a file, with nothing but this extension.'
        : report
          ? `${report.architecture} on ${data}, padding: ${wish.padding}${masked}.${isOpen ? ' Nothing is written until you keep it.' : ''}`
          : `The training on ${data} was cancelled; nothing is kept.`,
      actions: [
        report !== null && runs(host, 'Keep Trained Model…', 'keepTrained', 'keep-trained', isOpen),
        runs(host, 'Train a Model on This File…', 'trainFile', 'train-file', !isOpen),
      ],
    });
  }
}

function facts(report: Report): HTMLElement[] {
  const rate = ({ value, interval: [low, high], n }: NonNullable<Report['validation']>) =>
    `${formatShare(value)} right of ${n} [${formatShare(low)}, ${formatShare(high)}]`;
  const { architecture, validation, filters, parameters, features, steps, classes, trainedOn, seconds } =
    report;
  const lines = [
    validation
      ? `Set aside: ${rate(validation)}. The epoch was chosen by it, so it is optimistic.`
      : 'No class has series to spare, so nothing was set aside.',
    `${trainedOn} series of ${counted(features, 'feature')} and ${counted(steps, 'step')}, ${classes.length} classes; ${widthSaid(architecture, filters)}, ${parameters.toLocaleString('en')} weights; ${counted(report.curve.length, 'epoch')} in ${seconds.toFixed(1)} s: ${ending(report)}.`,
    report.maskInput ? 'The mask is a second input of the model.' : '',
  ];
  const found = report.findings.map(({ severity, sentence }) =>
    element('li', { class: `finding ${severity}` }, icon(severity), element('span', {}, sentence)),
  );
  return [
    ...lines.filter((line) => line !== '').map((line) => element('p', {}, line)),
    ...(found.length > 0 ? [element('ul', { class: 'findings plain' }, ...found)] : []),
  ];
}

function ending({ ended, divergedAt, best, curve }: Report): string {
  switch (ended) {
    case 'epochs':
      return 'all of them';
    case 'patience':
      return `no better answers for ${curve.length - 1 - best}`;
    case 'cancelled':
      return best < 0 ? 'cancelled before an epoch was better' : 'cancelled, the best so far is kept';
    case 'diverged':
      return `stopped, as the loss was no number at step ${divergedAt!.step} with a learning rate of ${formatNumber(divergedAt!.rate)}; the last good weights are kept`;
  }
}
