import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { openRegular, unreadable } from '../files/openRegular.ts';
import type { ReportProgress } from '../progress.ts';
import { Refusal } from '../refusal.ts';
import type { DataSource } from './dataOptions.ts';
import { readingWords } from './readingWords.ts';

const chunkBytes = 1 << 20;
/** Bytes; larger files are refused at once rather than after a minute’s reading. */
export const largestFile = 2 ** 30;

/** A data file's bytes, from disk or from memory, in chunks. */
export interface ByteSource {
  /** File name without folders, as sentences call it. */
  readonly name: string;
  readonly path: string;
  /** Read from the file at `path`, not from memory. */
  readonly onDisk: boolean;
  readonly size: number;
  /** Bytes of the file read so far, where the chunks are something else: unpacked. */
  readonly consumed?: () => number;
  /** Whether another file stands there than the one that was opened; one that is gone counts as the same. */
  readonly hasChanged?: () => Promise<boolean>;
  /** The chunks are only valid until the next one is asked for. */
  chunks(): AsyncGenerator<Uint8Array>;
}

/**
 * @param most bytes of a file on disk
 * @throws Refusal `file-missing`, `file-unreadable`, `file-too-large`, `empty-file`
 */
export async function openBytes(
  { path, content, name = basename(path) }: DataSource,
  most = largestFile,
): Promise<ByteSource> {
  const found = content ? undefined : await stateOf(path);
  const size = found?.size ?? content!.length;
  if (size === 0) {
    throw new Refusal('empty-file', `${name} is empty.`);
  }
  if (size > (content ? largestFile : most)) {
    throw new Refusal(
      'file-too-large',
      `${name} has ${(size / 2 ** 30).toFixed(1)} GB; at most 1 GB is read, so split it into files of fewer instances.`,
    );
  }
  return {
    name,
    path,
    size,
    onDisk: content === undefined,
    chunks: () => (content ? slices(content) : blocks(path, name, found!)),
    ...(found && { hasChanged: () => changedSince(path, found) }),
  };
}

/**
 * The whole file at once, for formats that cannot be read piece by piece.
 * @param share of the work that reading the bytes is, 0 to 1
 * @throws Refusal `file-changed`, those of the file; the signal's reason when aborted
 */
export async function readAllBytes(
  source: ByteSource,
  report?: ReportProgress,
  signal?: AbortSignal,
  share = 1,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(source.size);
  const words = readingWords(source.name, source.size);
  let filled = 0;
  for await (const chunk of source.chunks()) {
    if (filled + chunk.length > bytes.length) {
      throw new Refusal('file-changed', `${source.name} grew while it was being read; try again.`);
    }
    bytes.set(chunk, filled);
    filled += chunk.length;
    signal?.throwIfAborted();
    report?.((share * filled) / source.size, words(filled));
  }
  return bytes.subarray(0, filled);
}

interface FileState {
  readonly size: number;
  readonly mtimeMs: number;
}

async function stateOf(path: string): Promise<FileState> {
  const file = await openRegular(path);
  try {
    return await file.stat();
  } finally {
    await file.close();
  }
}

async function changedSince(path: string, before: FileState): Promise<boolean> {
  const now = await stat(path).catch(() => before);
  return isOther(before, now);
}

function isOther(before: FileState, now: FileState): boolean {
  return before.size !== now.size || before.mtimeMs !== now.mtimeMs;
}

/** What was read would be of two files. */
export function changedWhileRead(name: string): Refusal {
  return new Refusal(
    'file-changed',
    `${name} changed while it was being read; try again when it is written.`,
  );
}

async function* slices(content: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += chunkBytes) {
    yield content.subarray(at, at + chunkBytes);
    await breathe();
  }
}

/** @throws Refusal `file-changed` */
async function* blocks(path: string, name: string, before: FileState): AsyncGenerator<Uint8Array> {
  const file = await openRegular(path);
  try {
    const buffer = new Uint8Array(chunkBytes);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, chunkBytes, null);
      if (bytesRead === 0) break;
      yield buffer.subarray(0, bytesRead);
    }
    if (isOther(before, await file.stat())) throw changedWhileRead(name);
  } catch (error) {
    throw unreadable(error, path);
  } finally {
    await file.close();
  }
}
