import { answerNumber, type ValueAnswer, valueAnswer } from '../../src/attribution/answerWords.ts';
import type { Explanation } from '../../src/attribution/explanation.ts';
import { labelIndex } from '../../src/data/labelIndex.ts';
import { formatShare } from '../../src/format.ts';
import type { PanelView } from '../../src/views/panel/contract.ts';
import { button, element, icon, label, replace, say } from '../element.ts';
import { formatProbability } from '../format.ts';
import type { Host } from '../host.ts';
import type { Section } from './section.ts';
import { paddingShare, shareSentence } from './shares.ts';

/** Who is looked at, what the model said, and whether the file's label agrees. */
export class Header implements Section {
  readonly #title = element('h1', { id: 'instance' });
  readonly #prediction = element('span', { id: 'prediction' });
  readonly #label = element('span', { id: 'label' });
  readonly #length = element('span', { id: 'length', class: 'dim' });
  readonly #share = element('span', { id: 'padding-share' });
  readonly #file = element('span', { id: 'data-name', class: 'dim' });
  readonly #position: HTMLButtonElement;
  readonly #previous: HTMLButtonElement;
  readonly #next: HTMLButtonElement;
  readonly #keep: HTMLButtonElement;
  #kept = false;
  readonly root: HTMLElement;

  constructor(host: Host) {
    const step = (to: 'next' | 'previous') => () =>
      host.send({ kind: 'choose', choice: { what: 'step', to } });
    this.#previous = button(
      { id: 'previous', class: 'icon-button', 'aria-label': 'Previous instance', title: 'Previous instance' },
      step('previous'),
      icon('chevron-left'),
    );
    this.#next = button(
      { id: 'next', class: 'icon-button', 'aria-label': 'Next instance', title: 'Next instance' },
      step('next'),
      icon('chevron-right'),
    );
    this.#position = button({ id: 'position', class: 'text-button', title: 'Pick an instance' }, () =>
      host.send({ kind: 'run', command: 'pickInstance' }),
    );
    this.#keep = button({ id: 'keep', class: 'icon-button' }, () =>
      host.send({ kind: 'run', command: this.#kept ? 'releasePanel' : 'keepPanel' }),
    );
    this.#showKept(false);
    this.root = element(
      'header',
      { class: 'header' },
      this.#title,
      element(
        'div',
        { class: 'header-words' },
        this.#prediction,
        this.#label,
        this.#length,
        this.#share,
        this.#file,
      ),
      element(
        'nav',
        { class: 'instances', 'aria-label': 'Instances' },
        this.#previous,
        this.#position,
        this.#next,
        this.#keep,
      ),
    );
  }

  show({ explanation, dataName, kept = false }: PanelView): void {
    const { instance, prediction, padding, map } = explanation;
    const predicted = prediction.classes[prediction.predicted] ?? `class ${prediction.predicted}`;
    const value = valueAnswer(explanation);
    // A file that names no cases numbers them: a bare number says nothing, a single one not even that.
    const isNumber = instance.id === String(instance.index);
    const alone = isNumber && instance.of === 1;
    const title = alone ? dataName : isNumber ? `instance ${instance.id}` : instance.id;
    say(this.#title, title);
    label(this.#title, 'title', title);
    replace(
      this.#prediction,
      explanation.how.maskedModel ? 'masked model predicted ' : 'predicted ',
      element('b', {}, value?.predicted ?? predicted),
      value
        ? value.output !== null && ` for ${value.output}`
        : ` ${answerNumber(prediction, prediction.predicted, formatProbability)}`,
    );
    if (value) this.#showMeasured(value);
    else this.#showLabel(instance.label, prediction);
    say(
      this.#length,
      padding.length === map.columns
        ? `${map.columns} steps, none padded`
        : `${padding.length} real of ${map.columns} steps`,
    );
    this.#showShare(explanation.shares);
    say(this.#file, alone ? '' : dataName);
    say(this.#position, `${instance.index + 1} / ${instance.of}`);
    label(this.#position, 'aria-label', `${instance.index + 1} / ${instance.of}: pick another instance`);
    this.#showKept(kept);
    this.#previous.disabled = instance.index <= 0;
    this.#next.disabled = instance.index >= instance.of - 1;
  }

  #showKept(kept: boolean): void {
    this.#kept = kept;
    replace(this.#keep, icon(kept ? 'pinned' : 'pin'));
    label(this.#keep, 'aria-pressed', `${kept}`);
    label(this.#keep, 'aria-label', 'Keep this panel');
    const title = kept
      ? 'Kept: the next file opens a panel of its own; a click lets it take this one'
      : 'Keep this panel: the next file opens a panel of its own';
    label(this.#keep, 'title', title);
  }

  /** The headline number: how much of the map lies on padding. */
  #showShare(shares: Explanation['shares']): void {
    const { map, positions } = paddingShare(shares);
    this.#share.hidden = positions === 0;
    replace(this.#share, element('b', {}, formatShare(map)), ' of the map on padding');
    label(this.#share, 'title', shareSentence(shares));
  }

  #showMeasured({ measured, label, error }: ValueAnswer): void {
    const what = measured !== null ? 'measured ' : label === null ? 'nothing measured' : 'labelled ';
    replace(
      this.#label,
      element('span', { class: 'dim' }, what),
      measured ?? label,
      error !== null && element('span', { class: 'dim' }, ` off by ${error}`),
    );
  }

  #showLabel(label: string | undefined, { classes, predicted }: Explanation['prediction']): void {
    if (label === undefined) {
      replace(this.#label, element('span', { class: 'dim' }, 'no label'));
      return;
    }
    const index = labelIndex(label, classes);
    const said = element('span', { class: 'dim' }, 'labelled ');
    if (index < 0) {
      // Names that nobody gave can be no disagreement.
      replace(this.#label, said, label, element('span', { class: 'dim' }, ' none of the class names'));
      return;
    }
    const agrees = index === predicted;
    replace(
      this.#label,
      said,
      label,
      element(
        'span',
        { class: agrees ? 'agrees' : 'differs' },
        icon(agrees ? 'check' : 'warning'),
        agrees ? 'agrees' : 'differs',
      ),
    );
  }
}
