import type { CommandContext } from './context.ts';
import { opened } from './opened.ts';

/** Brings the panel to the front; with nothing in it, asks what is to be explained. */
export async function showPanel(context: CommandContext): Promise<void> {
  await opened(context);
}
