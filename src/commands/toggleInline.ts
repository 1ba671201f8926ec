import { type InlineMode, inlineMode, inlineModes, setInlineMode } from '../views/inline/inlineSetting.ts';

/** What was on when it was turned off last. */
let before: InlineMode = 'rows';

/** Turns attribution in the data file's editor off and on again, or sets how much of it is shown. */
export async function toggleInline(wanted?: unknown): Promise<void> {
  const now = inlineMode();
  if (now !== 'off') before = now;
  const given = inlineModes.find((mode) => mode === wanted);
  await setInlineMode(given ?? (now === 'off' ? before : 'off'));
}
