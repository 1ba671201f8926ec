import { ThumbnailMaker, type Thumbnails } from '../../overview/thumbnails.ts';
import { RUN_ID, type Run, type RunFacts, type RunMap } from '../../runs/run.ts';
import { decodeRun, encodeRun } from './runFile.ts';
import { RunNames } from './runNames.ts';
import type { ListedRun } from './runsView.ts';
import type { Shelf, ShelfEntry } from './shelf.ts';

/** Most that is kept. */
export interface Bounds {
  readonly runs: number;
  readonly bytes: number;
}

const usual: Bounds = { runs: 200, bytes: 50 * 2 ** 20 };

const [runEnding, pinEnding] = ['.run', '.pin'];

interface Known {
  readonly stamp: string;
  readonly bytes: number;
  /** Undefined: not to be read. */
  readonly facts?: RunFacts;
  readonly thumbnail?: Thumbnails;
}

/**
 * The run history: one file a run, named by its id, so that the same run again takes the old one's place; a pin is an empty
 * file beside it. What other windows put there or take away is seen at the next call.
 */
export class RunStore {
  #known = new Map<string, Known>();
  #pins = new Set<string>();
  readonly #names: RunNames;
  readonly #listeners = new Set<(by: object) => void>();
  #queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly shelf: Shelf,
    private readonly log: (line: string) => void,
    private readonly bounds: Bounds = usual,
  ) {
    this.#names = new RunNames(shelf);
  }

  /** Tells of what another one of this window has changed. @returns ends it */
  onDidChange(listener: (by: object) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param by who has changed it */
  changed(by: object): void {
    for (const listener of this.#listeners) listener(by);
  }

  /** Newest first. */
  list(): Promise<ListedRun[]> {
    return this.#next(async () => {
      await this.#look();
      return this.#rows();
    });
  }

  /** Undefined where it is gone or cannot be read. */
  get(id: string): Promise<Run | undefined> {
    return this.#next(() => this.#read(id));
  }

  /** Keeps a run in place of the same one made earlier; then the oldest go that are not pinned, as far as the bounds want. */
  put(run: Run): Promise<void> {
    return this.#next(async () => {
      await this.shelf.write(run.facts.id + runEnding, encodeRun(run));
      await this.#look();
      await this.#trim(run.facts.id);
    });
  }

  pin(id: string, on: boolean): Promise<void> {
    return this.#next(async () => {
      if (!RUN_ID.test(id)) return;
      await (on ? this.shelf.write(id + pinEnding, new Uint8Array()) : this.shelf.remove(id + pinEnding));
    });
  }

  /** Nothing but blanks takes the name away. */
  name(id: string, name: string): Promise<void> {
    return this.#next(async () => {
      if (RUN_ID.test(id)) await this.#names.give(id, name);
    });
  }

  delete(id: string): Promise<void> {
    return this.#next(() => this.#remove(id));
  }

  /** One thing after the other, whatever became of the one before. */
  #next<T>(job: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(job);
    this.#queue = done.catch(() => {});
    return done;
  }

  async #look(): Promise<void> {
    const entries = await this.shelf.entries();
    const known = new Map<string, Known>();
    for (const entry of entries) {
      const id = idOf(entry.name, runEnding);
      if (id === undefined) continue;
      const before = this.#known.get(id);
      known.set(id, before?.stamp === entry.stamp ? before : await this.#facts(id, entry));
    }
    this.#known = known;
    await this.#names.look(entries);
    this.#pins = new Set(entries.map(({ name }) => idOf(name, pinEnding)).filter((id) => id !== undefined));
  }

  async #facts(id: string, { stamp, bytes }: ShelfEntry): Promise<Known> {
    const run = await this.#read(id);
    return { stamp, bytes, ...(run && { facts: run.facts, thumbnail: small(run.map) }) };
  }

  async #read(id: string): Promise<Run | undefined> {
    if (!RUN_ID.test(id)) return undefined;
    try {
      const run = decodeRun(await this.shelf.read(id + runEnding));
      if (run.facts.id === id) return run;
      this.log(`The kept run ${id} is not read: it calls itself ${run.facts.id}.`);
    } catch (error) {
      this.log(`The kept run ${id} is not read: ${(error as Error).message}.`);
    }
    return undefined;
  }

  #rows(): ListedRun[] {
    return [...this.#known.values()]
      .flatMap(({ facts, thumbnail }) => (facts ? [{ ...this.#row(facts), thumbnail }] : []))
      .sort((a, b) => b.at - a.at);
  }

  #row(facts: RunFacts): ListedRun {
    const name = this.#names.of(facts.id);
    return { ...facts, pinned: this.#pins.has(facts.id), ...(name !== undefined && { name }) };
  }

  /** @param last never goes, for it was just made */
  async #trim(last: string): Promise<void> {
    const size = (id: string) => this.#known.get(id)!.bytes;
    // What cannot be read takes room too and goes first.
    const broken = [...this.#known].filter(([, { facts }]) => !facts).map(([id]) => id);
    const loose = this.#rows()
      .filter(({ id, pinned, name }) => !pinned && name === undefined && id !== last)
      .map(({ id }) => id)
      .reverse();
    let runs = this.#known.size;
    let bytes = [...this.#known.keys()].reduce((sum, id) => sum + size(id), 0);
    for (const id of [...broken, ...loose]) {
      if (runs <= this.bounds.runs && bytes <= this.bounds.bytes) return;
      runs--;
      bytes -= size(id);
      await this.#remove(id);
    }
  }

  async #remove(id: string): Promise<void> {
    if (!RUN_ID.test(id)) return;
    await this.shelf.remove(id + runEnding);
    await this.shelf.remove(id + pinEnding);
    await this.#names.remove(id);
    this.#known.delete(id);
  }
}

function small(map: RunMap): Thumbnails {
  const maker = new ThumbnailMaker(1, map);
  maker.add(map, map.mask);
  return maker.made;
}

function idOf(name: string, ending: string): string | undefined {
  const id = name.slice(0, -ending.length);
  return name.endsWith(ending) && RUN_ID.test(id) ? id : undefined;
}
