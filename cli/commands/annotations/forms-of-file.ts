/** What stands below each of its commands. */
export const formsOfFile = `
FILE is what \`terraform output -json\` prints, or \`{ "cluster": { "annotation": "text" } }\`.
Of several outputs it is \`clusters\` or \`annotations\`. Numbers and booleans become texts,
null is none; lists, maps and sensitive outputs are refused, and what looks like a secret.`;
