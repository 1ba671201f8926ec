import { stat } from 'node:fs/promises';
import { AtomicFile } from '../files/atomicFile.ts';
import { codeOf } from '../files/fault.ts';
import { Refusal } from '../refusal.ts';
import { clearProgress } from './progressLine.ts';

/** Where the answer goes: standard output, or a file that only takes its name when it is complete. */
export class Output {
  readonly #out: string | undefined;
  #file: AtomicFile | undefined;

  constructor(out: string | undefined) {
    this.#out = out;
  }

  /** @throws Refusal `cannot-write` */
  async write(chunk: string | Uint8Array): Promise<void> {
    if (this.#out === undefined) return toStandardOutput(chunk);
    this.#file ??= await AtomicFile.open(this.#out);
    await this.#file.write(chunk);
  }

  async finish(): Promise<void> {
    await this.#file?.commit();
  }

  /** Leaves no half-written file behind. */
  async abandon(): Promise<void> {
    await this.#file?.abandon();
  }
}

/** A whole answer, at once or piece by piece; undefined is standard output. @throws Refusal `cannot-write` */
export async function writeWhole(
  out: string | undefined,
  content: string | Uint8Array | Generator<string>,
): Promise<void> {
  const output = new Output(out);
  try {
    const isOne = typeof content === 'string' || content instanceof Uint8Array;
    for (const piece of isOne ? [content] : content) await output.write(piece);
    await output.finish();
  } catch (error) {
    await output.abandon();
    throw error;
  }
}

/** Before long work: that its answer will have a place. @throws Refusal `cannot-write` */
export async function checkWritable(out: string): Promise<void> {
  const there = await stat(out).catch(() => undefined);
  // To open a pipe and leave it again would end its reader.
  if (there && !there.isFile() && !there.isDirectory()) return;
  const file = await AtomicFile.open(out);
  await file.abandon();
}

function toStandardOutput(chunk: string | Uint8Array): Promise<void> {
  clearProgress();
  return new Promise((resolve, reject) => {
    process.stdout.write(chunk, (error) => {
      // The reader has what it wanted (`| head`).
      if (!error || codeOf(error) === 'EPIPE') resolve();
      else reject(new Refusal('cannot-write', `Cannot write standard output (${codeOf(error)}).`));
    });
  });
}
