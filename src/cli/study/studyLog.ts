import { existsSync } from 'node:fs';
import { appendFile, readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { faultOf } from '../../files/fault.ts';
import { Refusal } from '../../refusal.ts';
import { jsonText } from '../../surfaces/json.ts';
import { writeWhole } from '../output.ts';
import type { StudyCell, StudyRecipe, StudyRow } from './studyCell.ts';

/** What is finished of a study, a line of JSON for each network, beside what it writes. It stays there. */
export class StudyLog {
  readonly path: string;
  private rows: StudyRow[] = [];

  constructor(
    out: string,
    private readonly recipe: StudyRecipe,
  ) {
    this.path = `${out}.rows`;
  }

  /**
   * @param resume whether what is there is gone on with
   * @throws Refusal `study-begun` where there is something and it is not, `file-unreadable`
   */
  async open(resume: boolean): Promise<void> {
    if (!existsSync(this.path)) return;
    if (!resume) {
      throw new Refusal(
        'study-begun',
        `${basename(this.path)} holds networks of a study; take them and go on by --resume, or remove it to train all anew.`,
      );
    }
    const text = await readFile(this.path, 'utf8').catch((error) => {
      throw new Refusal(
        'file-unreadable',
        `${basename(this.path)}, which holds what is finished of the study, ${faultOf(error)}; remove it, or name another --out.`,
      );
    });
    const lines = text.split('\n').filter((line) => line !== '');
    this.rows = lines.flatMap((line) => readRow(line) ?? []);
    // A kill may have cut the last line.
    if (this.rows.length < lines.length || (text !== '' && !text.endsWith('\n')))
      await this.#write(this.rows);
  }

  #write(rows: readonly StudyRow[]): Promise<void> {
    return writeWhole(this.path, rows.map((row) => `${jsonText(row)}\n`).join(''));
  }

  /** The row of a network, where it is finished with the data as they are. */
  find(cell: StudyCell, sha256: string): StudyRow | undefined {
    return this.same(cell).findLast((row) => row.sha256 === sha256);
  }

  /** Whether a network is finished with other data only. */
  isStale(cell: StudyCell, sha256: string): boolean {
    const rows = this.same(cell);
    return rows.length > 0 && rows.every((row) => row.sha256 !== sha256);
  }

  /** @throws Refusal `cannot-write`: what was finished before stands there still */
  async add(row: StudyRow): Promise<void> {
    this.rows.push(row);
    try {
      await appendFile(this.path, `${jsonText(row)}\n`);
    } catch (error) {
      throw new Refusal(
        'cannot-write',
        `Cannot write ${basename(this.path)} in ${dirname(this.path)}: it ${faultOf(error)}; what is finished so far is kept there, go on by --resume.`,
      );
    }
  }

  /**
   * Rows that those of this study have taken the place of go; networks of another study (other epochs, other data) stay.
   * @throws Refusal `cannot-write`
   */
  async close(written: readonly StudyRow[]): Promise<void> {
    const keys = new Set(written.map(keyOf));
    const kept = [...this.rows.filter((row) => !keys.has(keyOf(row))), ...written];
    if (kept.length === this.rows.length) return;
    await this.#write(kept);
  }

  private same(cell: StudyCell): StudyRow[] {
    const key = keyOf({ ...cell, ...this.recipe });
    return this.rows.filter((row) => keyOf(row) === key);
  }
}

function readRow(line: string): StudyRow | undefined {
  try {
    const row = JSON.parse(line);
    return typeof row === 'object' && row !== null && 'accuracy' in row ? row : undefined;
  } catch {
    return undefined;
  }
}

function keyOf({ data, model, padding, masked, seed, epochs, filters }: StudyCell & StudyRecipe): string {
  return JSON.stringify([data, model, padding, masked, seed, epochs, filters ?? null]);
}
