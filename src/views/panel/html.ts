import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { html } from '../../surfaces/html.ts';
import { pagePolicy } from './policy.ts';

/** Where the page's files lie; nothing else is within its reach. */
export function pageFolder(extension: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extension, 'dist', 'webview');
}

/** The shell of the page. */
export function pageHtml(webview: vscode.Webview, extension: vscode.Uri): string {
  const nonce = randomBytes(18).toString('base64');
  const file = (name: string) => `${webview.asWebviewUri(vscode.Uri.joinPath(pageFolder(extension), name))}`;
  const policy = pagePolicy(webview.cspSource, nonce);
  return html`<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${file('panel.css')}">
<title>Attribution Lens</title>
</head>
<body>
<main id="panel"></main>
<script nonce="${nonce}" src="${file('panel.js')}"></script>
</body>
</html>`.text;
}
