import type { ReportProgress } from '../../progress.ts';
import { Refusal } from '../../refusal.ts';
import type { ByteSource } from '../byteSource.ts';

/**
 * The text of a file in chunks of about 1 MB, byte order mark removed, every line ending turned into `\n`.
 * UTF-8 and UTF-16 are told by their marks; bytes that are no UTF-8 are read as Windows-1252, which `encoding` tells.
 */
export class TextStream {
  #encoding = 'utf-8';

  constructor(
    private readonly source: ByteSource,
    private readonly report?: ReportProgress,
    private readonly signal?: AbortSignal,
  ) {}

  get name(): string {
    return this.source.name;
  }

  /** Known once the first chunk has come. */
  get encoding(): string {
    return this.#encoding;
  }

  /** @throws Refusal `not-text`; the signal's reason when aborted */
  async *chunks(): AsyncGenerator<string> {
    let decoder: InstanceType<typeof TextDecoder> | undefined;
    let done = 0;
    let heldReturn = '';
    for await (const bytes of this.source.chunks()) {
      this.signal?.throwIfAborted();
      if (!decoder) {
        this.#encoding = encodingOf(bytes, this.source.name);
        decoder = new TextDecoder(this.#encoding);
      }
      const text = heldReturn + decoder.decode(bytes, { stream: true });
      // A \r at the very end may be half of a \r\n.
      heldReturn = text.endsWith('\r') ? '\r' : '';
      yield unixLines(heldReturn === '' ? text : text.slice(0, -1));
      done += bytes.length;
      this.report?.(Math.min(1, done / this.source.size), `Reading ${this.source.name}`);
    }
    yield unixLines(heldReturn + (decoder?.decode() ?? ''));
  }
}

function unixLines(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

function encodingOf(start: Uint8Array, name: string): string {
  if (start[0] === 0xff && start[1] === 0xfe) {
    return 'utf-16le';
  }
  if (start[0] === 0xfe && start[1] === 0xff) {
    return 'utf-16be';
  }
  if (start.includes(0)) {
    throw new Refusal('not-text', `${name} is not a text file (it holds binary data).`);
  }
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}
