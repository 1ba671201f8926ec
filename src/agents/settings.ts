import { Refusal } from '../refusal.ts';

/** What of an attribution.json says how model and data are read, and names no file. */
const NAMES = /^(input|classes|output|outputs|outputAxes|data\.(?!files\b)\w+)$/;

/**
 * Settings of an agent, as the command line takes them behind `--set`. Paths and preparation it finds in
 * attribution.json, whose paths are confined.
 * @throws Refusal `bad-arguments`
 */
export function agentSettings(said: readonly string[] = []): string[] {
  for (const setting of said) {
    const name = setting.split('=', 1)[0]!;
    if (setting.includes('=') && NAMES.test(name)) continue;
    throw new Refusal(
      'bad-arguments',
      `"set" takes NAME=VALUE with input, classes, output, outputs, outputAxes, or a name of "data" such as data.case, not ${JSON.stringify(setting.slice(0, 60))}; anything else stands in attribution.json.`,
    );
  }
  return [...said];
}
