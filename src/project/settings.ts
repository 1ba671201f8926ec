import { applyEdits, modify } from 'jsonc-parser';
import { Refusal } from '../refusal.ts';

/**
 * The text of an attribution.json with settings of the command line in it, `data.time=Time (s)`: they go before what
 * stands there. A value that is no JSON is a text.
 * @throws Refusal `usage` where a setting has no name or no value
 */
export function withSettings(text: string, settings: readonly string[]): string {
  return settings.reduce((before, setting) => {
    const at = setting.indexOf('=');
    const path = setting.slice(0, Math.max(0, at)).trim();
    if (!/^[$\w]+(\.[$\w]+)*$/.test(path)) {
      throw new Refusal(
        'usage',
        `--set takes NAME=VALUE, such as data.time=t or data.label=null, not ${JSON.stringify(setting.slice(0, 60))}.`,
      );
    }
    const value = settingValue(setting.slice(at + 1));
    try {
      return applyEdits(before, modify(before, path.split('.'), value, { formattingOptions: {} }));
    } catch {
      // Thrown where a number or a text stands above it.
      throw new Refusal('usage', `--set ${path}: what is set above it is no group of settings.`);
    }
  }, text);
}

function settingValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
