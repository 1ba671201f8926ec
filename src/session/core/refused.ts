import { ReadingQuestion } from '../../data/reading/readingQuestion.ts';
import { Refusal } from '../../refusal.ts';
import { messageText } from '../../surfaces/editorText.ts';
import type { LogLines, Say } from './ports.ts';
import type { Refused } from './state.ts';

/** What a person is told of an error: a Refusal's own sentence; of our own mistakes only that the log has them. */
export function refusedBy(error: unknown, quiet: boolean, say: Say): Refused {
  if (error instanceof ReadingQuestion) {
    const { code, doubt } = error;
    return { kind: 'refused', code, sentence: messageText(questionSentence(doubt)), quiet, doubt };
  }
  if (error instanceof Refusal) {
    const { code, message, place } = error;
    return { kind: 'refused', code, sentence: messageText(message), quiet, place };
  }
  const sentence = say('Attribution Lens made a mistake; the log says where.');
  return { kind: 'refused', code: 'defect', sentence, quiet };
}

/** The ways out stand beside it, to be chosen from. */
function questionSentence({ sentence }: ReadingQuestion['doubt']): string {
  return `${sentence.replace(/[.]$/, '')}.`;
}

/** The log keeps the stack of our own mistakes; bad input is one line. */
export function logged(log: LogLines, error: unknown): void {
  if (error instanceof Refusal) {
    log.warn(`${error.code}: ${error.message}`);
  } else {
    log.error(error);
  }
}
