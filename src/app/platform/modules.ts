/**
 * Lets the scripts that are not needed for the first picture come now. Their links lie in an inert
 * template of index.html together with their integrity: the server's Integrity-Policy blocks an
 * `import()` of any script that no such link has fetched.
 */
export function fetchModules(): void {
  const template = document.querySelector<HTMLTemplateElement>('template#modules')
  if (template) document.head.append(template.content)
}
