import { Refusal } from '../../refusal.ts';

/**
 * Text under the name of a table that is none.
 * @param start the beginning of the file
 * @throws Refusal `lfs-pointer`, `other-content`
 */
export function refuseOtherContent(fileName: string, start: string): void {
  const head = start.slice(0, 200).trimStart();
  if (head.startsWith('version https://git-lfs.')) {
    throw new Refusal(
      'lfs-pointer',
      `${fileName} is a pointer of Git LFS, not the data itself; fetch it with git lfs pull.`,
    );
  }
  if (/^<(!doctype html|html|table|body|div)\b/i.test(head)) {
    throw new Refusal(
      'other-content',
      `${fileName} is a web page, not a table; perhaps a download that needed a login.`,
    );
  }
  if (/^(\{\s*"|\[\s*[{[])/.test(head)) {
    throw new Refusal('other-content', `${fileName} is JSON, not a table; save it as CSV.`);
  }
}
