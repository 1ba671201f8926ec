import type { Finding } from '../../finding.ts';

/** Said of text that is read in the encoding of older Windows. */
export function notUtf8(fileName: string): Finding {
  return {
    code: 'not-utf8',
    severity: 'info',
    sentence: `${fileName} is not UTF-8 and is read as Windows-1252; save it as UTF-8 if names look wrong.`,
  };
}
