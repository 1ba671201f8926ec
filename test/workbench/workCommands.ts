import { type Work, works } from '../../src/session/works.ts';

interface Command {
  readonly command: string;
  readonly title?: string;
  readonly when?: string;
}

/** As much of package.json as the commands of long work are written into. */
export interface Manifest {
  readonly contributes: {
    readonly commands: Command[];
    readonly menus: { readonly commandPalette: Command[] };
  };
}

/** Puts the commands of every piece of long work into the manifest, and their titles among its texts; what is there stays where it is. */
export function putWorkCommands({ contributes }: Manifest, texts: Record<string, string>): void {
  for (const [, work] of works) {
    for (const [name, title, when] of commandsOf(work)) {
      const command = `attribution.${name}`;
      texts[`command.${name}`] = title;
      if (!contributes.commands.some((one) => one.command === command)) {
        contributes.commands.push({ command, title: `%command.${name}%`, ...{ category: 'Attribution' } });
      }
      const { commandPalette } = contributes.menus;
      if (when !== undefined && !commandPalette.some((one) => one.command === command)) {
        commandPalette.push({ command, when });
      }
    }
  }
}

/** Name, title, and when it stands in the palette where that is not always. */
function commandsOf({ commands, titles, keys }: Work): [string, string, string | undefined][] {
  return [
    [commands.file, titles.file, undefined],
    [commands.cancel, titles.cancel, `attribution.${keys.going}`],
    ...(commands.instance === undefined || titles.instance === undefined
      ? []
      : [[commands.instance, titles.instance, 'attribution.open'] as [string, string, string]]),
  ];
}
