import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { html } from '../../surfaces/html.ts';
import { pagePolicy } from './policy.ts';

/** Where the page's files lie; nothing else is within its reach. */
export function pageFolder(extension: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extension, 'dist', 'webview');
}

/** The shell of a page. */
export function pageHtml(webview: vscode.Webview, extension: vscode.Uri, page: 'panel' | 'glance'): string {
  const nonce = randomBytes(18).toString('base64');
  const file = (name: string) => `${webview.asWebviewUri(vscode.Uri.joinPath(pageFolder(extension), name))}`;
  const policy = pagePolicy(webview.cspSource, nonce);
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${file(`${page}.css`)}">
<title>Attribution Lens</title>
</head>
<body>
<main id="${page}"></main>
<script nonce="${nonce}" src="${file(`${page}.js`)}"></script>
</body>
</html>`.text;
}
