import { readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { root } from '../workbench/folders.ts';
import { copySample } from '../workbench/sample.ts';

/** Files by their path in the workspace. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A copy of the sample workspace, to which files are added. */
export class Workspace {
  private constructor(
    readonly path: string,
    private readonly own: ReadonlySet<string>,
  ) {}

  static async copy(folder: string): Promise<Workspace> {
    const path = await copySample(folder);
    return new Workspace(path, new Set(await readdir(path, { recursive: true })));
  }

  async add(files: Files): Promise<void> {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(this.path, name)), { recursive: true });
      await writeFile(join(this.path, name), content);
    }
  }

  /** The paths of all that is there. */
  async listed(): Promise<ReadonlySet<string>> {
    return new Set(await readdir(this.path, { recursive: true }));
  }

  /**
   * Writes anew those of the files that have been changed, one that has not keeps its time, and takes away what is new.
   * @param before what was there
   */
  async restore(files: Files, before: ReadonlySet<string>): Promise<void> {
    for (const name of await this.listed())
      if (!before.has(name)) await rm(join(this.path, name), { recursive: true, force: true });
    for (const [name, content] of Object.entries(files)) {
      const now = await readFile(join(this.path, name)).catch(() => undefined);
      if (!now?.equals(Buffer.from(content))) await this.add({ [name]: content });
    }
  }

  /** Takes away what the sample does not have. */
  async clear(): Promise<void> {
    for (const name of await this.listed())
      if (!this.own.has(name)) await rm(join(this.path, name), { recursive: true, force: true });
  }
}

/** A data file of the sample, to stand under another name: nothing is remembered of that one. */
export function sampleData(name: string): Uint8Array {
  return readFileSync(join(root, 'media/sample/data', name));
}
