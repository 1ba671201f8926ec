import * as vscode from 'vscode';
import type { Session } from '../../session/session.ts';
import type { SessionState } from '../../session/state.ts';
import { hoverMarkdown } from '../../session/surfaces/hoverMarkdown.ts';
import { StatusItem } from '../../session/surfaces/statusItem.ts';
import { joined, Markdown, markdown } from '../../surfaces/markdown.ts';
import { type InlineMode, inlineMode, inlineModes, onInlineMode } from './inlineSetting.ts';

/** In the status bar while a text file is being looked at: says what the editor shows, a click turns it off and on. */
export function inlineSwitch(session: Session): vscode.Disposable {
  const item = new StatusItem('attribution.inline', vscode.l10n.t('Attribution in the Editor'), 49);
  const update = (state: SessionState) => {
    const mode = inlineMode();
    const { icon, name } = faces[mode];
    const face = { icon, text: name, tooltip: tooltip(mode), command: 'attribution.toggleInline' };
    if (hasLines(state)) item.show(face);
    else item.hide();
  };
  update(session.state);
  return vscode.Disposable.from(
    item,
    session.onDidChange(update),
    onInlineMode(() => update(session.state)),
  );
}

const faces: Readonly<Record<InlineMode, { readonly icon: string; readonly name: string }>> = {
  off: { icon: 'eye-closed', name: vscode.l10n.t('Inline: off') },
  rows: { icon: 'eye', name: vscode.l10n.t('Inline: rows') },
  cells: { icon: 'eye', name: vscode.l10n.t('Inline: cells') },
};

function tooltip(mode: InlineMode): vscode.MarkdownString {
  const others = inlineModes.filter((other) => other !== mode);
  const links = others.map((other) => {
    const argument = encodeURIComponent(JSON.stringify([other]));
    return markdown`[${faces[other].name}](command:attribution.toggleInline?${new Markdown(argument)})`;
  });
  const heading = vscode.l10n.t('Attribution on the rows of the data file');
  return hoverMarkdown(markdown`${heading}\n\n${joined(links, ' · ')}`, ['attribution.toggleInline']);
}

function hasLines({ explanation }: SessionState): boolean {
  return explanation?.instance.lines.some((line) => line > 0) ?? false;
}
