import * as vscode from 'vscode';
import type { RememberedPicks } from '../../session/memory.ts';
import type { Session } from '../../session/session.ts';
import type { Panel } from './panel.ts';

/** Brings the panel back after a window reload: the file by its URI, its picks from the workspace's memory. */
export class PanelRestorer implements vscode.WebviewPanelSerializer {
  constructor(
    private readonly panel: Panel,
    private readonly session: Session,
    private readonly memory: RememberedPicks,
  ) {}

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, kept: unknown): Promise<void> {
    this.panel.adopt(panel);
    const file = fileOf(kept) ?? fileOf({ file: this.memory.last });
    if (file) {
      // Not awaited: VS Code waits for us before it shows the page.
      void this.session.open(file);
    }
  }
}

/** What `show` gave the page to keep; anything else is not ours. */
function fileOf(kept: unknown): vscode.Uri | undefined {
  if (
    typeof kept !== 'object' ||
    kept === null ||
    !('file' in kept) ||
    typeof kept.file !== 'string' ||
    kept.file.length > 10_000
  ) {
    return undefined;
  }
  try {
    return vscode.Uri.parse(kept.file, true);
  } catch {
    return undefined;
  }
}
