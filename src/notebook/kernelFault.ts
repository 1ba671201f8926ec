const LONGEST = 300;

/**
 * What an error output of a kernel says, in one line: its name and message, without the stack.
 * @param text JSON with `name`, `message` and `stack`, as the editor's notebooks hold errors, or anything else
 */
export function kernelFault(text: string): string {
  const { name, message } = partsOf(text);
  const [line = ''] = (message ?? '').trim().split(/\r?\n/);
  const said = [name, line].filter((part) => part).join(': ');
  return said.length > LONGEST ? `${said.slice(0, LONGEST)}…` : said;
}

function partsOf(text: string): { readonly name?: string; readonly message?: string } {
  try {
    const error: unknown = JSON.parse(text);
    if (typeof error !== 'object' || error === null) return { message: text };
    const { name, message } = error as { name?: unknown; message?: unknown };
    return {
      ...(typeof name === 'string' && { name }),
      ...(typeof message === 'string' && { message }),
    };
  } catch {
    return { message: text };
  }
}
