/** How the ApplicationSet and the Applications are called that give distributed spokes what they start with. */
export const spokesName = 'fleet-spokes';
export const rootName = 'fleet';
