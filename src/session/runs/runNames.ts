import { RUN_ID } from '../../runs/run.ts';
import type { Shelf } from './shelf.ts';

const ending = '.name';
/** Characters. */
const longest = 200;

/** What people call their runs: a small text file beside each run that has a name. */
export class RunNames {
  #names = new Map<string, string>();
  #stamps = new Map<string, string>();

  constructor(private readonly shelf: Shelf) {}

  of(id: string): string | undefined {
    return this.#names.get(id);
  }

  async look(entries: Awaited<ReturnType<Shelf['entries']>>): Promise<void> {
    const names = new Map<string, string>();
    const stamps = new Map<string, string>();
    for (const { name: file, bytes, stamp } of entries) {
      const id = file.slice(0, -ending.length);
      if (!file.endsWith(ending) || !RUN_ID.test(id) || bytes > 4 * longest) continue;
      const known = this.#stamps.get(id) === stamp ? this.#names.get(id) : await this.#read(file);
      if (known) names.set(id, known);
      stamps.set(id, stamp);
    }
    [this.#names, this.#stamps] = [names, stamps];
  }

  /** Nothing but blanks takes the name away. */
  async give(id: string, name: string): Promise<void> {
    const text = [...name.trim()].slice(0, longest).join('');
    if (text === '') await this.remove(id);
    else await this.shelf.write(id + ending, new TextEncoder().encode(text));
  }

  async remove(id: string): Promise<void> {
    await this.shelf.remove(id + ending);
  }

  async #read(file: string): Promise<string | undefined> {
    try {
      return new TextDecoder().decode(await this.shelf.read(file));
    } catch {
      // Another window has taken it away.
      return undefined;
    }
  }
}
