import { constants, type Stats } from 'node:fs';
import { access, type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal } from '../refusal.ts';
import { codeOf, faultOf } from './fault.ts';
import { finished, unfinishedBeside } from './unfinished.ts';

const { O_WRONLY, O_CREAT, O_EXCL } = constants;
/** A link that somebody has placed is not followed. Windows has no such flag, and `O_EXCL` does it there. */
const FRESH = O_WRONLY | O_CREAT | O_EXCL | (constants.O_NOFOLLOW ?? 0);

/**
 * A file that takes its name when it is complete, and only then: until it is committed, whatever stood there before
 * stands there still, and of two that write the same name at once the later one stays, whole. Devices and pipes are
 * written straight. A link to a file is replaced by the new file, and what it led to is left alone.
 */
export class AtomicFile {
  readonly #target: string;
  readonly #handle: FileHandle;
  /** Undefined where the target is written straight. */
  readonly #unfinished: string | undefined;

  /** The reader of a pipe has what it wanted. */
  #isLeft = false;

  private constructor(target: string, handle: FileHandle, unfinished: string | undefined) {
    this.#target = target;
    this.#handle = handle;
    this.#unfinished = unfinished;
  }

  /** @throws Refusal `cannot-write` */
  static async open(target: string): Promise<AtomicFile> {
    return orRefuse(target, async () => {
      const there = await stateOf(target);
      if (there?.isDirectory()) {
        throw new Refusal(
          'cannot-write',
          `Cannot write ${shown(target)}: it is a folder; name a file in it.`,
        );
      }
      // The standard streams may be redirected to a file, which is the shell's to make.
      if (there && (!there.isFile() || /^\/(dev|proc)\//.test(target))) {
        return new AtomicFile(target, await open(target, O_WRONLY), undefined);
      }
      if (there) await access(target, constants.W_OK);
      const unfinished = unfinishedBeside(target);
      try {
        const handle = await open(unfinished, FRESH, 0o666);
        if (there) await handle.chmod(there.mode & 0o777);
        return new AtomicFile(target, handle, unfinished);
      } catch (error) {
        finished(unfinished);
        throw error;
      }
    });
  }

  /** @throws Refusal `cannot-write` */
  async write(chunk: string | Uint8Array): Promise<void> {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    await orRefuse(this.#target, async () => {
      for (let at = 0; at < bytes.length && !this.#isLeft; ) at += await this.#writeSome(bytes.subarray(at));
    });
  }

  async #writeSome(bytes: Uint8Array): Promise<number> {
    try {
      return (await this.#handle.write(bytes)).bytesWritten;
    } catch (error) {
      this.#isLeft = this.#unfinished === undefined && codeOf(error) === 'EPIPE';
      if (!this.#isLeft) throw error;
      return 0;
    }
  }

  /** Gives the file its name. @throws Refusal `cannot-write` */
  async commit(): Promise<void> {
    await orRefuse(this.#target, async () => {
      // What has its name after a power cut has its content, too.
      if (this.#unfinished !== undefined) await onDisk(this.#handle);
      await this.#handle.close();
      if (this.#unfinished !== undefined) {
        await renameOver(this.#unfinished, this.#target);
        finished(this.#unfinished);
      }
    });
  }

  /** Leaves nothing behind; after `commit` it does nothing. */
  async abandon(): Promise<void> {
    await this.#handle.close().catch(() => {});
    if (this.#unfinished !== undefined) {
      await rm(this.#unfinished, { force: true }).catch(() => {});
      finished(this.#unfinished);
    }
  }
}

/** The whole content at once. @throws Refusal `cannot-write` */
export async function writeAtomically(target: string, content: string | Uint8Array): Promise<void> {
  const file = await AtomicFile.open(target);
  try {
    await file.write(content);
    await file.commit();
  } catch (error) {
    await file.abandon();
    throw error;
  }
}

async function stateOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    // A link that leads nowhere, or to itself, is replaced as any other is.
    if (['ENOENT', 'ELOOP'].includes(codeOf(error))) return undefined;
    throw error;
  }
}

/** Some network disks cannot say when something is on the disk. */
async function onDisk(handle: FileHandle): Promise<void> {
  await handle.sync().catch((error: unknown) => {
    if (!['EINVAL', 'ENOTSUP', 'ENOSYS'].includes(codeOf(error))) throw error;
  });
}

/** Windows refuses while another program looks at the old file, which is soon over. */
async function renameOver(from: string, to: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await rename(from, to);
    } catch (error) {
      const passes = process.platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(codeOf(error));
      if (!passes || tries === 5) throw error;
      await sleep(20 * 2 ** tries);
    }
  }
}

async function orRefuse<T>(target: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const why = codeOf(error) === 'ENOENT' ? 'the folder does not exist' : `it ${faultOf(error)}`;
    throw new Refusal('cannot-write', `Cannot write ${shown(target)}: ${why}.`);
  }
}

function shown(target: string): string {
  return `${basename(target)} in ${dirname(target)}`;
}
