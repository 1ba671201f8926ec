import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { Refusal } from '../refusal.ts';

/** Where the answer goes: standard output, or a file that only takes its name when it is complete. */
export class Output {
  readonly #stream: Writable;
  readonly #out: string | undefined;
  #failure: Error | undefined;

  constructor(out: string | undefined) {
    this.#out = out;
    this.#stream = out === undefined ? process.stdout : createWriteStream(partOf(out));
    this.#stream.on('error', (error) => {
      this.#failure = error;
    });
  }

  /** @throws Refusal `cannot-write` */
  async write(chunk: string | Uint8Array): Promise<void> {
    await new Promise<void>((resolve) => this.#stream.write(chunk, () => resolve()));
    this.#check();
  }

  async finish(): Promise<void> {
    if (this.#out !== undefined) {
      this.#stream.end();
      await finished(this.#stream).catch(() => {});
      this.#check();
      await rename(partOf(this.#out), this.#out);
    }
  }

  /** Leaves no half-written file behind. */
  async abandon(): Promise<void> {
    if (this.#out !== undefined) {
      this.#stream.destroy();
      await rm(partOf(this.#out), { force: true });
    }
  }

  #check(): void {
    const code = this.#failure && 'code' in this.#failure ? String(this.#failure.code) : '';
    // The reader has what it wanted (`| head`).
    if (this.#failure && !(this.#out === undefined && code === 'EPIPE')) {
      const where =
        this.#out === undefined ? 'standard output' : `${basename(this.#out)} in ${dirname(this.#out)}`;
      throw new Refusal('cannot-write', `Cannot write ${where} (${code || this.#failure.message}).`);
    }
  }
}

/** A whole answer at once; undefined is standard output. @throws Refusal `cannot-write` */
export async function writeWhole(out: string | undefined, content: string | Uint8Array): Promise<void> {
  const output = new Output(out);
  try {
    await output.write(content);
    await output.finish();
  } catch (error) {
    await output.abandon();
    throw error;
  }
}

function partOf(out: string): string {
  return `${out}.part`;
}
