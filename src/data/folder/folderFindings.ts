import type { Finding } from '../../finding.ts';
import { count } from '../../format.ts';
import type { FolderFiles } from './findFiles.ts';

/** What a folder is read as; where its class was found stands in the plan. */
export function folderFindings({ name, files, links, notes, tables }: FolderFiles): Finding[] {
  const aside = [
    ...(links > 0 ? [`${count(links, 'link')} not followed`] : []),
    ...[...notes, ...tables.map((table) => table.name)].map((what) => `${what} left aside`),
  ];
  const beside = aside.length > 0 ? ` (${aside.join(', ')})` : '';
  const findings: Finding[] = [
    {
      code: 'folder',
      severity: 'info',
      sentence: `${name} is read as one data set of ${count(files.length, 'file')}, ${files[0]!.name} first${beside}.`,
    },
  ];
  if (hasWord(files, /(^|[^a-z])train/i) && hasWord(files, /(^|[^a-z])test/i)) {
    const sentence = `${name} holds files called train and files called test, and both are in this data set; name one kind with a pattern if they are not to be mixed.`;
    findings.push({ code: 'folder-splits', severity: 'warning', sentence });
  }
  return findings;
}

function hasWord(files: FolderFiles['files'], word: RegExp): boolean {
  return files.some(({ name }) => word.test(name));
}

/** What is said of file after file is said once, of the first, with how many more. */
export function once(findings: readonly Finding[]): Finding[] {
  const seen = new Map<string, { finding: Finding; more: number }>();
  for (const finding of findings) {
    const known = seen.get(finding.code);
    if (known) known.more++;
    else seen.set(finding.code, { finding, more: 0 });
  }
  return [...seen.values()].map(({ finding, more }) =>
    more === 0
      ? finding
      : { ...finding, sentence: `${finding.sentence} (So are ${count(more, 'other file')}.)` },
  );
}
