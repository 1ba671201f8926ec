/** `class "left"`; classes that nobody named are called `class 0`, … already. */
export function classCalled(classes: readonly string[], cls: number): string {
  const name = classes[cls] ?? String(cls);
  return name === `class ${cls}` ? name : `class ${JSON.stringify(name)}`;
}
