import type { CallOptions } from '../../engine/client.ts';
import { Refusal } from '../../refusal.ts';
import { BusySign } from './busySign.ts';
import { Debounce } from './debounce.ts';
import { LastWins } from './lastWins.ts';
import { type Looking, look } from './look.ts';
import * as moves from './moves.ts';
import type { Ports } from './ports.ts';
import { logged, refusedBy } from './refused.ts';
import type { Selection } from './selection.ts';
import type { Activity, Finished, Refused, SessionState } from './state.ts';

const previewAfterMs = 60;

/**
 * What is being looked at, and the one way to look at something else: what can happen to it is in moves.ts, what follows
 * from it is here. Bad input becomes state, never an exception.
 */
export class SessionCore<File extends object> {
  readonly #queue = new LastWins();
  readonly #previewing: Debounce;
  #memory: moves.Memory<File> = moves.AT_FIRST;
  #abort = new AbortController();

  constructor(private readonly ports: Ports<File>) {
    this.#previewing = new Debounce(previewAfterMs, () => this.#runPreview(), ports.clock);
  }

  get revision(): number {
    return this.#memory.revision;
  }

  get state(): SessionState<File> {
    return this.#memory.shown;
  }

  /** What was last asked for; `state.selection` until a run is on its way. */
  get asked(): Selection {
    return moves.asking(this.#memory);
  }

  /** Looks at a file, with the picks it had when it was last looked at unless given. Ends whatever is going on. */
  open(file: File, changes: Partial<Selection> = {}, picks?: Selection): Promise<void> {
    this.#stop();
    const kept = this.ports.memory.selection(file);
    return this.#move(moves.opened(this.#memory, file, kept, changes, picks));
  }

  /** Looks at nothing any more. */
  close(): void {
    this.#previewing.dispose();
    this.#stop();
    this.#become(moves.closed(this.#memory));
  }

  /** Picks something else for the same file. */
  choose(changes: Partial<Selection>): Promise<void> {
    this.#previewing.dispose();
    return this.#move(moves.chosen(this.#memory, changes));
  }

  /** Shows what a pick would give; the last call wins. `endPreview` or `choose` follows. */
  preview(changes: Partial<Selection>): void {
    if (Object.keys(changes).length === 0 || moves.isSlow({ ...this.state.selection, ...changes })) {
      // Nothing to compute, or too long to follow the arrow keys.
      this.endPreview();
      return;
    }
    this.#memory = { ...this.#memory, preview: changes };
    this.#previewing.trigger();
  }

  /** Back to the picture that was there, without computing it again. */
  endPreview(): void {
    this.#previewing.dispose();
    const back = moves.previewEnded(this.#memory);
    if ('run' in back) void this.#move(back);
    else this.#become(back);
  }

  /** What other picks would give; what is being looked at stays. @throws Refusal */
  async beside(
    changes: Partial<Selection>,
    options: CallOptions & Pick<Looking, 'everyClass' | 'edits'> = {},
  ): Promise<Finished<File>> {
    const { file, project, model, selection } = this.state;
    if (!file || !model) {
      throw new Refusal('nothing-open', this.ports.say('Explain a data file first.'));
    }
    const { again } = this.#memory;
    const stale = 'mask' in changes || 'model' in changes;
    const looking = { project, model, stale, again, saw: () => {}, ...options };
    const seen = await look(this.ports, file, { ...selection, ...changes }, looking);
    return { file, model: seen.explanation.provenance.model, quiet: false, ...seen };
  }

  /**
   * The files, the settings or the trust may have changed. `quiet` where nobody asked for it; `again` runs a linked
   * script that has not changed, too. A script that runs is ended: the last save wins.
   */
  rerun({ quiet = false, again = false } = {}): Promise<void> {
    if (this.state.project?.script !== undefined) this.#stop();
    return this.#move(moves.changed(this.#memory, quiet, again));
  }

  /** Ends the run at once; the last picture stays. */
  cancel(): void {
    if (this.state.activity.kind === 'busy') {
      this.#stop();
      this.ports.log.info('Cancelled.');
      const activity = refusedBy(this.#cancelled(), true, this.ports.say);
      this.#become(moves.cancelled(this.#memory, activity));
    }
  }

  /** Says a sentence about the file that no run came upon. */
  refuse(refused: Omit<Refused, 'kind'>): void {
    this.#become(moves.said(this.#memory, { ...refused, kind: 'refused' }));
  }

  /** As whenIdle, but what takes long is not waited for: the state is that of before it. */
  async whenReady(): Promise<void> {
    if (!this.#memory.isSlow || !this.state.model) await this.whenIdle();
  }

  /** Resolves when nothing runs and nothing is about to. */
  async whenIdle(): Promise<void> {
    await this.#previewing.idle;
    await this.#queue.idle;
  }

  dispose(): void {
    this.#stop();
    this.#previewing.dispose();
  }

  #runPreview(): void {
    void this.#move(moves.previewed(this.#memory));
  }

  async #move({ memory, run }: moves.Moved<File>): Promise<void> {
    this.#become(memory);
    const { ticket, isSlow, shown } = memory;
    // What takes long is not waited for when something else is asked.
    if (isSlow) this.#abort.abort(this.#cancelled());
    const { file } = shown;
    if (file) await this.#queue.run(() => this.#look(file, run, ticket));
  }

  async #look(file: File, run: moves.Question, ticket: number): Promise<void> {
    const isLatest = () => ticket === this.#memory.ticket;
    if (!isLatest()) return;
    const { stale, again, shown } = this.#memory;
    this.#memory = moves.began(this.#memory, run);
    this.#abort = new AbortController();
    const say = (activity: Activity) => isLatest() && this.#become(moves.said(this.#memory, activity));
    const busy = new BusySign(this.ports.say('Explaining'), say, this.ports.clock);
    try {
      const seen = await look(this.ports, file, run.selection, {
        ...{ project: shown.project, model: shown.model, stale, again },
        saw: (sighting) => isLatest() && this.#become(moves.saw(this.#memory, sighting)),
        ...{ signal: this.#abort.signal, report: busy.report },
      });
      busy.end();
      this.#memory = moves.ended(this.#memory, false);
      if (!isLatest()) return;
      const { selection, textVersion, explanation } = seen;
      this.#become(moves.explained(this.#memory, run, selection, { explanation, textVersion }));
      if (run.preview) return;
      const { model } = explanation.provenance;
      const { project } = seen;
      this.ports.finished({ file, model, selection, explanation, project, quiet: run.quiet });
      await this.ports.memory.keepSelection(file, selection);
    } catch (error) {
      busy.end();
      this.#memory = moves.ended(this.#memory, stale);
      logged(this.ports.log, error);
      const activity = refusedBy(error, run.quiet, this.ports.say);
      if (isLatest()) this.#become(moves.refused(this.#memory, run, activity));
    }
  }

  #stop(): void {
    this.#memory = moves.stopped(this.#memory);
    this.#abort.abort(this.#cancelled());
  }

  /** Those who look on are told of what they can see. */
  #become(memory: moves.Memory<File>): void {
    const { shown } = this.#memory;
    this.#memory = memory;
    if (memory.shown !== shown) this.ports.changed(memory.shown);
  }

  #cancelled(): Refusal {
    const { say } = this.ports;
    const sentence = this.state.explanation
      ? say('Cancelled; the map is that of the file as it was before. Run again to see it as it is.')
      : say('Cancelled; run again to see the map.');
    return new Refusal('cancelled', sentence);
  }
}
