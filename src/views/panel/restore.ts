import * as vscode from 'vscode';
import type { RememberedPicks } from '../../session/memory.ts';
import type { Session } from '../../session/session.ts';

/** Where a panel goes that has come back. */
interface Adopting {
  adopt(panel: vscode.WebviewPanel, kept: string | undefined): { readonly session: Session };
}

/** Brings a panel back after a window reload: the file by its URI, its picks from the workspace's memory. */
export class PanelRestorer implements vscode.WebviewPanelSerializer {
  constructor(
    private readonly places: Adopting,
    private readonly memory: RememberedPicks,
  ) {}

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, kept: unknown): Promise<void> {
    const { session } = this.places.adopt(panel, textIn(kept, 'kept', 100));
    const file = fileOf(kept) ?? fileOf({ file: this.memory.last });
    if (file) {
      // Not awaited: VS Code waits for us before it shows the page.
      void session.open(file);
    }
  }
}

/** What `show` gave the page to keep; anything else is not ours. */
function fileOf(kept: unknown): vscode.Uri | undefined {
  const file = textIn(kept, 'file', 10_000);
  if (file === undefined) return undefined;
  try {
    return vscode.Uri.parse(file, true);
  } catch {
    return undefined;
  }
}

function textIn(kept: unknown, name: string, longest: number): string | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const value: unknown = (kept as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' && value.length <= longest ? value : undefined;
}
