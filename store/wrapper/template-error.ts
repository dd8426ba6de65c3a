/** What a template cannot be computed with: it says what in it, and why. */
export class TemplateError extends Error {}
