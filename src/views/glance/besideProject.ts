import * as vscode from 'vscode';
import { ReadingQuestion } from '../../data/reading/readingQuestion.ts';
import type { Finding } from '../../finding.ts';
import { Refusal } from '../../refusal.ts';

/**
 * Asks with what attribution.json says, and without it where that is broken or was written for other files.
 * @throws Refusal of the first answer where there is no other; ReadingQuestion of the other
 */
export async function besideProject<Answer extends { readonly findings: readonly Finding[] }>(
  project: string | undefined,
  ask: (project: string | undefined) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await ask(project);
  } catch (error) {
    if (!(error instanceof Refusal) || project === undefined) throw error;
    const plain = await ask(undefined).catch((other: unknown) => {
      // A question has ways out, also of what attribution.json says.
      throw other instanceof ReadingQuestion ? other : error;
    });
    const sentence = vscode.l10n.t('attribution.json was left aside: {0}', error.message);
    const aside: Finding = { code: 'project-aside', severity: 'warning', sentence };
    return { ...plain, findings: [aside, ...plain.findings] };
  }
}
