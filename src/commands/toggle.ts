import { type SwitchName, switchesOf } from '../attribution/switches.ts';
import type { CommandContext } from './context.ts';
import { opened } from './opened.ts';

/** Turns an option of the map over, or sets it. */
export async function toggle(
  context: CommandContext,
  option: SwitchName | 'truncate',
  on?: boolean,
): Promise<void> {
  const { file, selection } = await opened(context);
  if (file) {
    await context.session.choose({ [option]: on ?? !{ ...selection, ...switchesOf(selection) }[option] });
  }
}
