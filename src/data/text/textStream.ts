import type { ReportProgress } from '../../progress.ts';
import { Refusal } from '../../refusal.ts';
import type { ByteSource } from '../byteSource.ts';
import { readingWords } from '../readingWords.ts';

/** A chunk of text, and its bytes where they are whole lines in which every byte below 128 is that character of ASCII. */
export interface TextPiece {
  readonly bytes?: Uint8Array;
  /**
   * To be called for pieces in their order, or not at all for one that has bytes.
   * @param from where to begin among the bytes: at a line
   */
  readonly text: (from?: number) => string;
}

/** More bytes without a line break are passed on as they are. */
const longestLine = 1 << 22;

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
    for await (const { text } of this.pieces()) yield text();
  }

  /** The same, cut at the ends of lines. @throws Refusal as chunks */
  async *pieces(): AsyncGenerator<TextPiece> {
    let decoder: InstanceType<typeof TextDecoder> | undefined;
    const words = readingWords(this.source.name, this.source.size);
    let done = 0;
    let heldReturn = '';
    let rest: Uint8Array = new Uint8Array();
    let startsLine = true;
    const decoded = (bytes: Uint8Array): string => {
      const text = heldReturn + decoder!.decode(bytes, { stream: true });
      // A \r at the very end may be half of a \r\n.
      heldReturn = text.endsWith('\r') ? '\r' : '';
      return unixLines(heldReturn === '' ? text : text.slice(0, -1));
    };
    for await (const given of this.source.chunks()) {
      // A Buffer's `slice` is no copy: a remembered word would keep all that was read with it.
      const chunk = new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
      this.signal?.throwIfAborted();
      if (!decoder) {
        this.#encoding = encodingOf(chunk, this.source.name);
        decoder = new TextDecoder(this.#encoding);
      }
      const isWide = this.#encoding.startsWith('utf-16');
      const cut = isWide ? 0 : chunk.lastIndexOf(LINE_FEED) + 1;
      done += chunk.length;
      if (cut === 0 && !isWide && rest.length < longestLine) {
        rest = joined(rest, chunk.slice());
      } else {
        const end = cut === 0 ? chunk.length : cut;
        const bytes = joined(rest, chunk.subarray(0, end));
        yield { ...(cut > 0 && startsLine && { bytes }), text: (from = 0) => decoded(bytes.subarray(from)) };
        startsLine = cut > 0;
        rest = chunk.slice(end);
      }
      const packed = this.source.consumed?.() ?? done;
      this.report?.(Math.min(1, packed / this.source.size), words(packed));
    }
    const last = rest;
    yield {
      text: () => unixLines(heldReturn + (decoder?.decode(last) ?? '')),
    };
  }
}

const LINE_FEED = 10;

function joined(before: Uint8Array, after: Uint8Array): Uint8Array {
  if (before.length === 0) return after;
  const bytes = new Uint8Array(before.length + after.length);
  bytes.set(before);
  bytes.set(after, before.length);
  return bytes;
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
