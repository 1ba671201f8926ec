import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { Refusal } from '../refusal.ts';
import { faultOf } from './fault.ts';

/**
 * Said before anything is computed: what is written must not take the place of what is read (neither by the same name
 * nor through a link of any kind), and it must be possible to write it.
 * @throws Refusal `output-is-input`, `cannot-write`
 */
export async function checkTarget(
  out: string | undefined,
  inputs: readonly (string | undefined)[],
): Promise<void> {
  if (out === undefined) return;
  const there = await stat(out, { bigint: true }).catch(() => undefined);
  if (there?.isDirectory()) {
    throw new Refusal('cannot-write', `Cannot write ${out}: it is a folder; name a file in it.`);
  }
  for (const input of inputs) {
    if (input !== undefined && (await isSame(out, input))) {
      const which = basename(input) === basename(out) ? '' : ` (it is ${basename(input)})`;
      throw new Refusal(
        'output-is-input',
        `${basename(out)} is read${which}, so it is not overwritten; name another file to write.`,
      );
    }
  }
  if (there !== undefined && !there.isFile()) return;
  try {
    await access(dirname(out), constants.W_OK);
  } catch (error) {
    throw new Refusal(
      'cannot-write',
      `Cannot write ${basename(out)} in ${dirname(out)}: the folder ${faultOf(error)}.`,
    );
  }
}

/** By name, or as one file; devices may be read and written. */
async function isSame(out: string, input: string): Promise<boolean> {
  try {
    const [one, other] = await Promise.all([stat(out, { bigint: true }), stat(input, { bigint: true })]);
    return one.isFile() && one.dev === other.dev && one.ino === other.ino;
  } catch {
    return resolve(out) === resolve(input);
  }
}
