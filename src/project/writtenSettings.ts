import { parse } from 'jsonc-parser';
import { readSmall } from '../files/readSmall.ts';
import { LARGEST_PROJECT } from './parseJson.ts';
import { withSettings } from './settings.ts';

/** How data are read, as an attribution.json writes it: to be written into another one. */
interface WrittenSettings {
  readonly data: Readonly<Record<string, unknown>>;
  readonly mask?: unknown;
}

/**
 * `data` (without `files`) and `mask` of an attribution.json that is known to be right, with the settings of the command line in it.
 * @param path none: the settings alone
 */
export async function writtenSettings(
  path: string | undefined,
  set: readonly string[] = [],
): Promise<WrittenSettings> {
  const text = path === undefined ? '{}' : new TextDecoder().decode(await readSmall(path, LARGEST_PROJECT));
  const { data = {}, mask } = parse(withSettings(text.replace(/^\uFEFF/, ''), set));
  const { files: _, ...rest } = data;
  return { data: rest, ...(mask !== undefined && { mask }) };
}
