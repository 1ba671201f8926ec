import {
  ARMS,
  type Candidate,
  type MaskForm,
  type PanelViews,
  type RepairFound,
  type RepairWish,
  type WorkActivity,
} from '../../src/views/panel/contract.ts';
import { block } from '../audit/block.ts';
import { LearningCurve } from '../chart/learningCurve.ts';
import { button, element, replace } from '../element.ts';
import type { Page, PageView } from '../pageView.ts';
import { ChipSelect } from '../sections/chip.ts';
import { needsClasses } from '../sections/needsClasses.ts';
import { runs, showWork, workStatus } from '../sections/workStatus.ts';
import type { Theme } from '../theme.ts';
import { candidateTable } from './candidateTable.ts';
import { figureWords } from './figureWords.ts';
import { beforeAfter, notes, verdict } from './verdict.ts';
import { ARM_WORDS } from './words.ts';

type RepairView = PanelViews['repair'];

/** The Repair view: what is tried, as it comes, and what the rule chose, with its proof. */
export class RepairPage implements PageView<RepairView> {
  readonly #status = element('div', { class: 'audit-status', id: 'repair-status' });
  readonly #arm = new ChipSelect('repair-with', 'repair', () => {});
  readonly #form = new ChipSelect('repair-form', 'written as', () => {});
  readonly #choices: HTMLElement;
  readonly #body = element('div', { class: 'audit-body', id: 'repair-body' });
  readonly root: HTMLElement;
  #view: RepairView | undefined;
  #curves: LearningCurve[] = [];
  /** What the tables are of: a repair, or what one that goes on has seen so far. */
  #shown: RepairFound | RepairView['seen'] | undefined;

  constructor(private readonly page: Page) {
    this.#arm.fill(
      [
        {
          value: 'auto',
          text: 'those that fit are tried; the best by a written rule is taken',
          short: 'automatic',
        },
        { value: 'all', text: 'every one, whatever it may cost', short: 'all' },
        ...ARMS.map((arm) => ({ value: arm, text: `${arm}: ${ARM_WORDS[arm]}`, short: arm })),
      ],
      'auto',
    );
    this.#form.fill(
      [
        { value: 'drop-in', text: 'drop-in: the same input, the mask computed inside', short: 'drop-in' },
        { value: 'mask-input', text: 'mask as a second input: nothing is guessed', short: 'mask input' },
      ],
      'drop-in',
    );
    this.#choices = element('div', { class: 'chips', id: 'repair-choices' }, this.#arm.root, this.#form.root);
    this.root = element('div', { class: 'audit repair' }, this.#status, this.#choices, this.#body);
  }

  show(view: RepairView): void {
    const { result, seen, activity, outdated } = view;
    this.#view = view;
    this.root.dataset.state = activity.kind;
    this.#head(view);
    this.#body.classList.toggle('outdated', outdated && activity.kind !== 'busy');
    // What a repair that goes on finds takes the place of the one before; that comes back where nothing came of it.
    const found = result?.found;
    const isOfNew = seen.length > 0 && (activity.kind === 'busy' || !found);
    const shown = isOfNew ? seen : found;
    if (shown === this.#shown) return;
    this.#shown = shown;
    if (!isOfNew && found) this.#choose(found);
    this.#fill(isOfNew ? undefined : found, isOfNew ? seen : []);
  }

  /** Done again, it would be done the same way. */
  #choose({ form, candidates, stopped }: RepairFound): void {
    const [only, ...others] = candidates;
    // One that was stopped may have been asked for more than it tried.
    if (only && others.length === 0 && !stopped) this.#arm.choose(only.name);
    this.#form.choose(form);
  }

  repairs(wish: RepairWish): void {
    const { arm = 'auto', maskInput } = wish;
    this.#arm.choose(arm);
    this.#form.choose(maskInput ? 'mask-input' : 'drop-in');
    this.page.host.send({ kind: 'repair', wish });
  }

  explained(): void {
    if (this.#view) this.#head(this.#view);
  }

  #head(view: RepairView): void {
    showWork(this.#status, this.#statusLine(view));
    this.#choices.hidden = view.activity.kind === 'busy' || this.#none() !== null;
  }

  #none(): string | null {
    return needsClasses(this.page, 'A repair');
  }

  /** Charts need a size, so they are drawn when the view is in front. */
  draw(theme: Theme): void {
    for (const curve of this.#curves) curve.draw(theme);
  }

  #fill(found: RepairFound | undefined, seen: RepairView['seen']): void {
    for (const curve of this.#curves) curve.destroy();
    const before = found?.before ?? seen.find((one) => 'before' in one)?.before ?? null;
    const candidates =
      found?.candidates ?? seen.flatMap((one) => ('candidate' in one ? [one.candidate] : []));
    const curves = candidates.flatMap((one) => this.#curveOf(one));
    this.#curves = curves.map(([, curve]) => curve);
    const { judgedOn } = found ?? {};
    replace(
      this.#body,
      found && verdict(found, (form) => this.#tryAs(form, found.candidates)),
      found && beforeAfter(found, (these) => this.page.list('these', these)),
      before &&
        block(
          'repair-tried',
          'What was tried',
          `Each figure with its 95 % interval${judgedOn ? '' : '; more come as they are measured'}.`,
          candidateTable(before, candidates, found?.chosen ?? null),
          figureWords(),
        ),
      found && notes(found),
      ...curves.map(([name, curve]) =>
        block(`repair-curve-of-${name}`, `Learning curve of ${name}`, 'In its first fold.', curve.root),
      ),
    );
    if (!this.root.hidden) this.draw(this.page.theme());
  }

  #curveOf(one: Candidate): [string, LearningCurve][] {
    if ('cannot' in one || !one.curve) return [];
    const curve = new LearningCurve(`curve-${one.name}`);
    curve.show(one.curve);
    return [[one.name, curve]];
  }

  #statusLine({ result, activity, outdated }: RepairView): (HTMLElement | false)[] {
    const found = result?.found;
    const written = found !== undefined && found.written !== null;
    const { host } = this.page;
    const start = button(
      { class: `button ${written ? 'secondary' : 'primary'}`, id: 'repair-file' },
      () => host.send({ kind: 'repair', wish: this.#wish() }),
      found ? 'Repair Again' : 'Repair a Copy',
    );
    return workStatus(host, ofTheOneBefore(activity, found), {
      name: 'repair',
      cancel: 'cancelRepair',
      words: words(result, outdated),
      none: this.#none(),
      actions: [
        written &&
          runs(host, 'Keep Repaired Model…', 'keepRepaired', 'keep-repaired', !outdated && !result?.kept),
        written && runs(host, 'Compare Maps', 'compareRepaired', 'compare-repaired'),
        found !== undefined && runs(host, 'Export Report…', 'exportRepairReport', 'export-repair'),
        start,
      ],
    });
  }

  /** What was tried, in another form. */
  #tryAs(form: MaskForm, [first, ...others]: readonly Candidate[]): void {
    this.#form.choose(form);
    if (first && others.length === 0) this.#arm.choose(first.name);
    this.page.host.send({ kind: 'repair', wish: this.#wish() });
  }

  #wish(): RepairWish {
    return { arm: this.#arm.value as RepairWish['arm'], maskInput: this.#form.value === 'mask-input' };
  }
}

/** What stands below a repair of which nothing came. */
function ofTheOneBefore(activity: WorkActivity, found: RepairFound | undefined): WorkActivity {
  if (activity.kind !== 'refused' || !found) return activity;
  return { ...activity, sentence: `${activity.sentence} What is shown is the repair before.` };
}

function words(result: RepairView['result'], outdated: boolean): string {
  if (!result)
    return 'A repair makes a copy of the model that leans less on padding and length, and judges it on instances it has not learnt from. The model itself is never changed.';
  if (outdated) return 'This repair is out of date: model, mask or data have changed since.';
  if (!result.found.written) return 'Nothing was repaired.';
  return result.kept
    ? `Repaired, and kept as ${result.kept.replace(/^.*[\\/]/, '')}.`
    : 'Repaired. Nothing is written until you keep it.';
}
