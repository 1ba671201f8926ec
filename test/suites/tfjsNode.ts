import { root } from '../workbench/folders.ts';
import { run } from '../workbench/run.ts';
import { whenFree } from './slots.ts';

let made: Promise<string> | undefined;

/** The addon is compiled once, half a minute of one core, while others begin: what TEST_VARIABLE is to be. */
export function tfjsNodeVariable(): Promise<string> {
  made ??= whenFree('computes', async () => {
    const program = ['--import', 'tsx', 'test/native/printVariable.ts'];
    const said = await run(process.execPath, program, { cwd: root });
    return said.split('\n').at(-1)!;
  });
  return made;
}
